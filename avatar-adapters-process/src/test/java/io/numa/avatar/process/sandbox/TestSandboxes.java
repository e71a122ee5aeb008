package io.numa.avatar.process.sandbox;

import io.numa.avatar.process.sandbox.helper.HelperProgram;
import io.numa.avatar.task.sandbox.SandboxProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes sandboxes for tests, in a folder of theirs. */
public final class TestSandboxes {
  private TestSandboxes() {}

  /** The best that this machine has. */
  public static LocalSandboxes best(Path state, SandboxProfile profile) {
    return new LocalSandboxes(settings(state, profile), Optional.empty());
  }

  /** With the system's programs alone. */
  public static LocalSandboxes withoutHelper(Path state, SandboxProfile profile) {
    var system = new Tools(List.of(Path.of("/usr/bin")), new HelperProgram.Missing("masked"));
    return new LocalSandboxes(settings(state, profile), Optional.empty(), system);
  }

  /** Settings with no minimum, and the HOME of this user. */
  public static SandboxSettings settings(Path state, SandboxProfile profile) {
    var home = Path.of(System.getProperty("user.home"));
    return SandboxSettings.defaults(new SandboxFolders(state, home, Set.of()))
        .withProfile(profile)
        .withMinimums(Map.of());
  }
}
