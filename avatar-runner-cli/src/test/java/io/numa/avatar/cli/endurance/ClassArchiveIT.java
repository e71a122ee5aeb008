package io.numa.avatar.cli.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Without the archive, the tests that start the program need minutes more, and nothing tells. */
class ClassArchiveIT {
  @Test
  void isMade() {
    assertThat(ClassArchive.forTheJar()).hasSize(1);
  }
}
