import { networkError, refusal, scripted, type Answer } from './scripted-fetch.fixture';

const LETTER = { to: 'bob@contoso.example', subject: 'Lost key', html: '<p>Hello</p>' };

test('a mail goes out from the one mailbox, and is kept in no folder', async () => {
  const script = scripted([{ status: 202 }]);
  await script.entra.mail.send('keyvouch@contoso.example', LETTER);
  expect(script.asked).toMatchObject([
    {
      method: 'POST',
      url: 'https://graph.microsoft.com/v1.0/users/keyvouch%40contoso.example/sendMail',
      body: {
        message: {
          subject: 'Lost key',
          body: { contentType: 'html', content: '<p>Hello</p>' },
          toRecipients: [{ emailAddress: { address: 'bob@contoso.example' } }],
        },
        saveToSentItems: false,
      },
    },
  ]);
});

test.each<[string, Answer, { code: string; retry: boolean }]>([
  ['the mailbox is not there', refusal(404, 'ErrorInvalidUser', 'x'), { code: 'mailbox-unknown', retry: false }],
  ['it may not send', refusal(403, 'ErrorAccessDenied', 'x'), { code: 'mailbox-denied', retry: false }],
  ['the reply is lost', networkError('ECONNRESET'), { code: 'graph-unreachable', retry: true }],
  ['Graph fails', refusal(503, 'ServiceUnavailable', 'x'), { code: 'graph-unreachable', retry: true }],
])('where %s it says so, and does not send again by itself', async (_, answer, fault) => {
  const script = scripted([answer]);
  await expect(script.entra.mail.send('m', LETTER)).rejects.toMatchObject(fault);
  expect(script.asked).toHaveLength(1);
});
