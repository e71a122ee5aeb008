package io.numa.avatar.process;

/** The same tests without PID namespaces. */
class LocalProcessesByCookieTest extends LocalProcessesTest {
  @Override
  ProcessSettings settings() {
    return super.settings().withStrongest(ProcessControl.COOKIE);
  }
}
