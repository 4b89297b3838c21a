/** Every function of the app. What is not imported here is not deployed. */
import './due-times';
import './health';
import './messages';
import './outbox-sweep';
import './workstation-job-result';
import './workstation-job-start';
import './workstation-job-state';
import './workstation-jobs';
import './workstation-key';
import './workstation-pair';
