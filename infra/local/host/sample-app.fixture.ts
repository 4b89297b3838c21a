import { app } from '@azure/functions';

let ticks = 0;

app.http('echo', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'echo/{word}',
  handler: async (request) => ({
    status: 201,
    headers: { 'x-word': request.params['word'] ?? '' },
    jsonBody: { method: request.method, body: await request.text(), query: request.query.get('q') },
  }),
});
app.http('literal', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'echo/fixed',
  handler: async () => ({ body: 'fixed' }),
});
app.http('variable', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'echo/{word}',
  handler: async () => ({ body: 'variable' }),
});
app.http('ticks', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'ticks',
  handler: async () => ({ jsonBody: { ticks } }),
});
app.http('throws', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'throws',
  handler: async () => {
    throw new Error('an inner word');
  },
});
app.timer('tick', {
  schedule: '* * * * * *',
  handler: async (timer) => {
    if (!timer.isPastDue) ticks += 1;
  },
});
