import { createWorld, vouched, WHO, type World } from './testing/world';

test('smoke', async () => {
  const world: World = await createWorld();
  const id = await vouched(world, 'choose-pass');
  await world.press('ada', id, 'prepare-show');
  const shown = await world.press('ada', id, 'show');
  console.error(JSON.stringify(shown, null, 1), world.kinds(id), world.logged);
  expect(shown.pass?.text.reveal()).toBe(world.entra.passes.get(WHO.ada)?.text);
  await world.rest();
});
