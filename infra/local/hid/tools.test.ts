import { demandTools } from './tools';

test('a machine without the tools is told which packages to install', () => {
  expect(() => demandTools('/nowhere')).toThrow(
    'apt-get install -y qemu-system-x86 busybox-static cpio dpkg apt xz-utils',
  );
});
