package io.numa.avatar.process.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.process.sandbox.helper.HelperProgram;
import io.numa.avatar.process.sandbox.settings.SandboxLimits;
import io.numa.avatar.task.sandbox.SandboxProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the tables of {@code docs/security.md} with what the means hold. */
class SecurityPageTest {
  private static final String MEANINGS = "| word | from | means |";
  private static final String HOLDS =
      "| word | bubblewrap | bubblewrap alone | unshare | unshare alone | landlock | process |";

  @TempDir Path folder;

  @Test
  void explainsEachWordOfWhatIsLacking() throws IOException {
    assertThat(rowsBelow(MEANINGS))
        .isEqualTo(Stream.of(Guarantee.values()).map(SecurityPageTest::meaning).toList());
  }

  @Test
  void tellsWhatEachMeansHolds() throws IOException {
    HelperProgram helper = new HelperProgram.Ready(folder.resolve("avatar-sandbox"));
    HelperProgram none = new HelperProgram.Missing("masked by a test");
    List<Means> columns =
        List.of(
            Bubblewrap.all(tools(helper)).findFirst().orElseThrow(),
            Bubblewrap.all(tools(none)).findFirst().orElseThrow(),
            Unshared.all(tools(helper)).findFirst().orElseThrow(),
            Unshared.all(tools(none)).findFirst().orElseThrow(),
            restricted(tools(helper), true),
            restricted(tools(helper), false));

    assertThat(rowsBelow(HOLDS))
        .isEqualTo(Stream.of(Guarantee.values()).map(word -> held(word, columns)).toList());
  }

  private static Means restricted(Tools tools, boolean files) {
    return Restricted.all(tools, SandboxLimits.DEFAULTS, true)
        .filter(means -> means.holds().contains(Guarantee.FILES) == files)
        .findFirst()
        .orElseThrow();
  }

  /** As if this machine had all of the system's programs. */
  private Tools tools(HelperProgram helper) throws IOException {
    for (String name :
        List.of("bwrap", "unshare", "mount", "umount", "pivot_root", "setpriv", "prlimit")) {
      Path program = folder.resolve(name);
      if (!Files.exists(program)) {
        Files.createFile(program);
      }
      assertThat(program.toFile().setExecutable(true)).isTrue();
    }
    return new Tools(List.of(folder), helper);
  }

  private static String meaning(Guarantee guarantee) {
    SandboxProfile from =
        Stream.of(SandboxProfile.values())
            .filter(profile -> Guarantee.promisedBy(profile).contains(guarantee))
            .findFirst()
            .orElseThrow();
    return "| `%s` | `%s` | %s |".formatted(guarantee.word(), from.word(), guarantee.meaning());
  }

  private static String held(Guarantee guarantee, List<Means> columns) {
    return columns.stream()
        .map(means -> held(guarantee, means))
        .collect(joining(" | ", "| `" + guarantee.word() + "` | ", " |"));
  }

  /** The kernel limits how many processes a user has, and exempts root. */
  private static String held(Guarantee guarantee, Means means) {
    boolean held = means.holds().contains(guarantee);
    if (guarantee == Guarantee.PROCESS_COUNT) {
      boolean limited = means.holds().contains(Guarantee.LIMITS);
      assertThat(held).isEqualTo(limited && !Tools.usedByRoot());
      return limited ? "not as root" : "–";
    }
    return held ? "yes" : "–";
  }

  private static List<String> rowsBelow(String head) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("..", "docs", "security.md"), UTF_8);
    assertThat(lines).contains(head);
    return lines.subList(lines.indexOf(head) + 2, lines.size()).stream()
        .takeWhile(line -> line.startsWith("|"))
        .toList();
  }
}
