package io.numa.avatar.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.numa.avatar.plan.CommandLine.Shell;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.process.sandbox.LocalSandboxes;
import io.numa.avatar.process.sandbox.TestSandboxes;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.sandbox.SandboxProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Variables of a plan, some of which make any program run other code. The programs that make a
 * sandbox run outside of it, so they must not get them.
 *
 * <p>The C library's loader is asked to note each program that it starts, in the tree.
 */
class SandboxVariablesTest {
  private static final Pattern STARTED = Pattern.compile("initialize program: (\\S+)");

  enum Way {
    BUBBLEWRAP,
    UNSHARE,
    LANDLOCK,
    BUBBLEWRAP_WITHOUT_HELPER,
    UNSHARE_WITHOUT_HELPER;

    LocalSandboxes sandboxes(Path state) {
      String[] mounting = {"unshare", "mount", "umount", "pivot_root", "setpriv", "setsid"};
      return switch (this) {
        case BUBBLEWRAP -> TestSandboxes.best(state, SandboxProfile.OFFLINE);
        case UNSHARE -> TestSandboxes.with(state, SandboxProfile.OFFLINE, true, mounting);
        case LANDLOCK -> TestSandboxes.with(state, SandboxProfile.ISOLATED, true);
        case BUBBLEWRAP_WITHOUT_HELPER ->
            TestSandboxes.with(state, SandboxProfile.OFFLINE, false, "bwrap", "setpriv", "setsid");
        case UNSHARE_WITHOUT_HELPER ->
            TestSandboxes.with(state, SandboxProfile.OFFLINE, false, mounting);
      };
    }
  }

  @TempDir static Path state;
  @TempDir Path tree;

  @BeforeEach
  void needsTheLoaderOfGlibc() throws Exception {
    assumeThat(printed(Way.BUBBLEWRAP, "getconf GNU_LIBC_VERSION", Map.of())).contains("glibc");
  }

  @ParameterizedTest
  @EnumSource
  void doNotReachTheProgramsThatMakeASandbox(Way way) throws Exception {
    String variables = tree.resolve("loaded").toString();

    printed(way, "exec /bin/true", Map.of("LD_DEBUG", "files", "LD_DEBUG_OUTPUT", variables));

    assertThat(started()).isSubsetOf("/bin/sh", "/bin/true");
  }

  @ParameterizedTest
  @EnumSource(names = {"BUBBLEWRAP", "UNSHARE", "LANDLOCK"})
  void reachTheCommand(Way way) throws Exception {
    var variables =
        Map.of("LD_LIBRARY_PATH", "/opt/lib", "PATH", "/mine:/usr/bin:/bin", "TEXT", "a\nb=c ");

    assertThat(
            printed(way, "echo \"$LD_LIBRARY_PATH $PATH $TEXT|\"; env | grep -c INSIDE", variables))
        .isEqualTo("/opt/lib /mine:/usr/bin:/bin a\nb=c |\n0\n");
  }

  private Set<String> started() throws IOException {
    var programs = new TreeSet<String>();
    try (var files = Files.newDirectoryStream(tree, "loaded.*")) {
      for (Path file : files) {
        STARTED
            .matcher(Files.readString(file))
            .results()
            .forEach(found -> programs.add(found.group(1)));
      }
    }
    return programs;
  }

  private String printed(Way way, String line, Map<String, String> variables)
      throws InterruptedException {
    var runner =
        new LocalCommandRunner(ProcessSettings.defaults(System.getenv()), way.sandboxes(state));
    var site =
        new SandboxSite(WorkKind.RUN, RepositoryUrl.parse("https://git.test/a/b"), tree, Set.of());
    var command =
        new Command(
            new Shell(line),
            tree,
            variables,
            Duration.ofSeconds(20),
            Optional.empty(),
            Optional.empty(),
            Optional.of(site));
    var output = new ByteArrayOutputStream();
    runner.run(command, output::write);
    return output.toString(UTF_8);
  }
}
