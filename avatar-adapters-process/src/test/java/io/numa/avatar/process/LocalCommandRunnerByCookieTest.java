package io.numa.avatar.process;

/** The same tests without namespaces. */
class LocalCommandRunnerByCookieTest extends LocalCommandRunnerTest {
  @Override
  ProcessSettings settings() {
    return super.settings().withStrongest(ProcessControl.COOKIE);
  }
}
