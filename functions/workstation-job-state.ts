import { app } from '@azure/functions';
import { jobState } from '../bot/service';
import { signed } from './workstation-request';

/** How a job stands: whether Entra has taken what the key made. */
app.http('workstation-job-state', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'workstations/{workstation}/jobs/{job}',
  handler: (request) => signed(request, ({ deps, workstation, job }) => jobState(deps, workstation, job)),
});
