import { app } from '@azure/functions';
import { ResultRequest } from '../agent/protocol/messages';
import { takeResult } from '../bot/service';
import { parseBody } from './http';
import { signed } from './workstation-request';

/** What came of a job at the workstation. */
app.http('workstation-job-result', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'workstations/{workstation}/jobs/{job}/result',
  handler: (request) =>
    signed(request, ({ deps, workstation, body, job }) =>
      takeResult(deps, workstation, job, parseBody(ResultRequest, body)),
    ),
});
