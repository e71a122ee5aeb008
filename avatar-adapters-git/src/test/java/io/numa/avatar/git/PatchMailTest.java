package io.numa.avatar.git;

import static io.numa.avatar.testkit.Staging.stageAll;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.git.fixture.LocalGit;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.CheckoutRequest.Pushes;
import io.numa.avatar.port.repository.PatchNotes;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Patches are right if native {@code git am} makes the same tree, author and message of them. */
class PatchMailTest {
  private static final String BINARY = "\u0000\u0001binary\n".repeat(50);

  @TempDir Path temp;
  private LocalGit source;

  @BeforeEach
  void makeRepository() throws Exception {
    source = LocalGit.init(temp.resolve("source"));
    source.write("a.txt", "one\ntwo\nthree\n");
    source.write("crlf.txt", "one\r\ntwo\r\n");
    source.write("data.bin", BINARY);
    source.write("moved.txt", "a line that is found again\n".repeat(20));
    source.write("gone.txt", "bye\n");
    source.write("run.sh", "#!/bin/sh\n");
    source.commitAll("base");
  }

  private interface Edit {
    void in(Path tree) throws Exception;
  }

  @Test
  void keepsEveryKindOfChange() throws Exception {
    PatchNotes notes =
        assertThatAmMakesTheSame(
            "change it all",
            "Ada Lovelace",
            tree -> {
              Files.writeString(tree.resolve("a.txt"), "one\nTWO\nthree\nno end");
              Files.writeString(tree.resolve("data.bin"), BINARY + "more", ISO_8859_1);
              Files.writeString(tree.resolve("new.bin"), "\u0000new", ISO_8859_1);
              Files.writeString(tree.resolve("latin.txt"), "gr\u00fc\u00dfe\n", ISO_8859_1);
              Files.writeString(tree.resolve("late.txt"), "x\n".repeat(5000) + "\u0000\n");
              Files.createFile(tree.resolve("empty"));
              Files.createDirectories(tree.resolve("d\u00fcr"));
              Files.move(tree.resolve("moved.txt"), tree.resolve("d\u00fcr/a \"b\".txt"));
              Files.delete(tree.resolve("gone.txt"));
              Files.setPosixFilePermissions(
                  tree.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
              Files.createSymbolicLink(tree.resolve("link"), Path.of("a.txt"));
              Files.writeString(tree.resolve("from"), "From me Mon Sep 17 00:00:00 2001\n-- \n");
            });

    assertThat(notes).isEqualTo(new PatchNotes(List.of(), 0));
  }

  @Test
  void keepsCarriageReturns() throws Exception {
    PatchNotes notes =
        assertThatAmMakesTheSame(
            "edit",
            "Ada",
            tree -> Files.writeString(tree.resolve("crlf.txt"), "one\r\nTWO\r\nthree\n"));

    assertThat(notes.options()).containsExactly("--keep-cr");
  }

  @Test
  void keepsAnEmptyChange() throws Exception {
    assertThat(patch("nothing", "Ada", tree -> {}, temp.resolve("p")).options())
        .containsExactly("--empty=keep");
  }

  static Stream<List<String>> namesAndMessages() {
    return Stream.of(
        List.of("Ada", "fix: a subject\n\nA body.\n\nNuma-Task: 1\nNuma-Avatar: a\n"),
        List.of("J\u00f6rg M\u00fcller", "gr\u00fc\u00dfe " + "\u4f60\u597d ".repeat(60) + "."),
        List.of("Doe, J. (jd)", "[ui] Re: a  subject =?UTF-8?q?x?="),
        List.of("Ada", "a subject\nof two lines\n\nand a body"),
        List.of("Ada", "Re: x"));
  }

  @ParameterizedTest
  @MethodSource("namesAndMessages")
  void keepsNamesAndMessages(List<String> nameAndMessage) throws Exception {
    assertThatAmMakesTheSame(nameAndMessage.get(1), nameAndMessage.get(0), PatchMailTest::edit);
  }

  /**
   * A message must neither end early nor bring a change of its own, which no one has seen, nor
   * another author.
   */
  @Test
  void keepsMessagesApartFromTheChange() throws Exception {
    String body =
        """
        From: Mallory <m@example.com>
        ---
        diff --git a/evil b/evil
        new file mode 100644
        --- /dev/null
        +++ b/evil
        @@ -0,0 +1 @@
        +evil
        From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001
        Index: x
        end
        """;
    Path file = temp.resolve("p");
    patch("fix\n\n" + body, "Ada", PatchMailTest::edit, file);

    LocalGit other = source.cloneTo(temp.resolve("other"));
    other.run("am", "-q", file.toString());

    assertThat(other.run("log", "-1", "--format=%an")).isEqualTo("Ada");
    assertThat(other.run("show", "--format=", "--name-only")).isEqualTo("a.txt");
    assertThat(other.run("log", "-1", "--format=%B").lines().map(String::strip))
        .containsAll(body.lines().toList());
  }

  private static void edit(Path tree) throws Exception {
    Files.writeString(tree.resolve("a.txt"), "changed\n");
  }

  private PatchNotes assertThatAmMakesTheSame(String message, String name, Edit edit)
      throws Exception {
    Path file = temp.resolve("change.patch");
    PatchNotes notes = patch(message, name, edit, file);
    LocalGit other = source.cloneTo(temp.resolve("other"));
    List<String> am = new ArrayList<>(List.of("am", "-q"));
    am.addAll(notes.options());
    am.add(file.toString());
    other.run(am.toArray(String[]::new));

    assertThat(other.run("rev-parse", "HEAD^{tree}")).isEqualTo(tree);
    assertThat(other.run("log", "-1", "--format=%an <%ae>")).isEqualTo(name + " <ada@example.com>");
    assertThat(other.run("log", "-1", "--format=%B")).isEqualTo(message.strip());
    return notes;
  }

  private String tree = "";

  /** Makes a change, and writes its patch. */
  private PatchNotes patch(String message, String name, Edit edit, Path file) throws Exception {
    var settings = GitSettings.of(new GitIdentity(name, "ada@example.com"));
    var request =
        new CheckoutRequest(
            RepositoryUrl.parse(source.folder().toString()),
            new BranchName("work"),
            List.of(),
            temp.resolve("home"),
            Pushes.NONE);
    var out = new ByteArrayOutputStream();
    PatchNotes notes;
    try (WorkingCopy copy =
        new JGitRepository(settings, Clock.systemUTC()).checkOut(request, progress -> {})) {
      edit.in(copy.directory());
      var change = stageAll(copy);
      tree = ((JGitStagedChange) change).tree().name();
      notes = change.commit(message).writePatch(out);
    }
    Files.write(file, out.toByteArray());
    assertThat(out.toString(UTF_8)).startsWith("From ");
    return notes;
  }
}
