import { app } from '@azure/functions';
import { jobsFor } from '../bot/service';
import { signed } from './workstation-request';

/** The signed jobs that wait for a workstation, and when it should ask again. */
app.http('workstation-jobs', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'workstations/{workstation}/jobs',
  handler: (request) => signed(request, ({ deps, workstation }) => jobsFor(deps, workstation)),
});
