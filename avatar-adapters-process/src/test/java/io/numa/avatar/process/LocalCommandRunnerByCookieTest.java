package io.numa.avatar.process;

/** The same where the system allows no namespaces. */
class LocalCommandRunnerByCookieTest extends LocalCommandRunnerTest {
  @Override
  ProcessSettings settings() {
    return super.settings().withStrongest(ProcessControl.COOKIE);
  }
}
