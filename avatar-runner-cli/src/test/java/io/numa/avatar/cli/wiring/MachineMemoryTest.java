package io.numa.avatar.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Sandboxes get as much memory as a JVM takes on a machine of this size. */
final class MachineMemoryTest {
  private static final long GIB = 1L << 30;

  @Test
  void growsWithTheMachine() {
    assertThat(limit(8)).isEqualTo(4 * GIB);
    assertThat(limit(256)).isEqualTo(65 * GIB);
  }

  @Test
  void isTheLeastWhereTheMachineTellsNothing() {
    assertThat(MachineMemory.usualLimit(List.of("MemFree: 12 kB"))).isEqualTo(4 * GIB);
  }

  private static long limit(long gibibytes) {
    return MachineMemory.usualLimit(
        List.of("MemTotal:       " + gibibytes * 1024 * 1024 + " kB", "MemFree: 5 kB"));
  }
}
