package io.numa.avatar.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The same tests without PID namespaces. */
class LocalProcessesByCookieTest extends LocalProcessesTest {
  @Override
  ProcessSettings settings() {
    return super.settings().withStrongest(ProcessControl.COOKIE);
  }

  /** Without a namespace, such a chain can escape for a while on a busy machine. */
  @Override
  @Test
  @EnabledIfSystemProperty(named = "soak", matches = "true")
  protected void suspendsAChainOfProcessesThatEachStartTheNext() throws Exception {
    super.suspendsAChainOfProcessesThatEachStartTheNext();
  }
}
