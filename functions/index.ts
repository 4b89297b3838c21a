/** Every function of the app. What is not imported here is not deployed. */
import './audit-anchor';
import './due-times';
import './health';
import './messages';
import './not-me';
import './outbox-sweep';
import './workstation-job-result';
import './workstation-job-start';
import './workstation-job-state';
import './workstation-jobs';
import './workstation-key';
import './workstation-models';
import './workstation-pair';
