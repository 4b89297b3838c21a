import { serveLane } from '../rig/played/lane';
import { playMonth } from './month';

serveLane(playMonth);
