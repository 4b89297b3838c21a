export { createAdapter } from './adapter';
export { type Bot, createBot } from './bot';
export { type BotRequest, type BotResponse } from './http';
export { createMessenger } from './messenger';
