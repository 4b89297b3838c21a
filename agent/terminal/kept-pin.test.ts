import { scriptedPrompts } from '../operations/scripted-prompts.fixture';
import { keptPin } from './kept-pin';

const enter = { purpose: 'enter', minimum: 4, retriesLeft: 8 } as const;

describe('a PIN that was typed', () => {
  it('answers the next question once it was right, and only one', async () => {
    const { prompts, keep } = keptPin(scriptedPrompts({ pins: ['right', 'another'] }));
    await prompts.askPin(enter);
    keep();
    expect((await prompts.askPin(enter)).reveal()).toBe('right');
    expect((await prompts.askPin(enter)).reveal()).toBe('another');
  });

  it('may be kept from one operation to the next', async () => {
    const { prompts, keep } = keptPin(scriptedPrompts({ pins: ['right'] }));
    await prompts.askPin(enter);
    for (const _ of [1, 2, 3]) {
      keep();
      expect((await prompts.askPin(enter)).reveal()).toBe('right');
    }
  });

  it('is never given again by itself, nor a new one for the present one', async () => {
    const { prompts, keep } = keptPin(scriptedPrompts({ pins: ['wrong', 'right', 'new', 'asked'] }));
    await prompts.askPin(enter);
    expect((await prompts.askPin(enter)).reveal()).toBe('right');
    await prompts.askPin({ purpose: 'new', minimum: 4 });
    keep();
    expect((await prompts.askPin(enter)).reveal()).toBe('asked');
  });
});
