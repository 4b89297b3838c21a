import { app } from '@azure/functions';
import { StartRequest } from '../agent/protocol/messages';
import { startJob } from '../bot/service';
import { parseBody } from './http';
import { signed } from './workstation-request';

/** The person at the workstation has typed the number from the chat: the job begins, with options from Entra. */
app.http('workstation-job-start', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'workstations/{workstation}/jobs/{job}/start',
  handler: (request) =>
    signed(request, ({ deps, workstation, body, job }) =>
      startJob(deps, workstation, job, parseBody(StartRequest, body).number),
    ),
});
