package io.numa.avatar.process.sandbox;

import io.numa.avatar.process.sandbox.helper.HelperProgram;
import io.numa.avatar.process.sandbox.settings.SandboxFolders;
import io.numa.avatar.process.sandbox.settings.SandboxSettings;
import io.numa.avatar.task.sandbox.SandboxProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

  /**
   * As if this machine had only some of the system's programs.
   *
   * @param helper whether it has ours
   */
  public static LocalSandboxes with(
      Path state, SandboxProfile profile, boolean helper, String... programs) {
    return with(settings(state, profile), helper, programs);
  }

  /** The same with settings. */
  public static LocalSandboxes with(SandboxSettings settings, boolean helper, String... programs) {
    Path state = settings.folders().state();
    try {
      Path folder = Files.createTempDirectory(Files.createDirectories(state), "tools");
      for (String program : programs) {
        Files.writeString(folder.resolve(program), "#!/bin/sh\nexec " + program + " \"$@\"\n");
        folder.resolve(program).toFile().setExecutable(true);
      }
      var ours =
          helper
              ? HelperProgram.install(state.resolve("bin"))
              : new HelperProgram.Missing("masked by a test");
      return new LocalSandboxes(settings, Optional.empty(), () -> new Tools(List.of(folder), ours));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Settings with no minimum, and the HOME of this user. */
  public static SandboxSettings settings(Path state, SandboxProfile profile) {
    var home = Path.of(System.getProperty("user.home"));
    return SandboxSettings.defaults(new SandboxFolders(state, home, Set.of()))
        .withProfile(profile)
        .withMinimums(Map.of());
  }
}
