package io.numa.avatar.git.internal.patch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.git.internal.objects.GitDirectory;
import io.numa.avatar.git.internal.support.GitFailures;
import io.numa.avatar.git.internal.worktree.ContentIndex;
import io.numa.avatar.git.internal.worktree.SnapshotFolder;
import io.numa.avatar.git.internal.worktree.TreeSnapshot;
import io.numa.avatar.plan.PatchText;
import io.numa.avatar.port.PortException;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.workspace.Change;
import io.numa.avatar.workspace.Workspace;
import io.numa.avatar.workspace.WorkspaceException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Diffs of native Git, each applied to the tree from which it was made. */
class PatchApplicationTest {
  @TempDir Path temp;
  private Path tree;
  private Path git;
  private Workspace workspace;
  private ContentIndex contents;

  @BeforeEach
  void makeTree() throws IOException {
    tree = Files.createDirectory(temp.resolve("tree"));
    git = temp.resolve("git");
    workspace = Workspace.of(tree, temp.resolve("scratch"));
    contents =
        new ContentIndex(
            GitDirectory.create(temp.resolve("store")),
            TreeSnapshot.unknown(SnapshotFolder.empty()));
  }

  private void apply(String diff) throws IOException {
    apply(diff.getBytes(UTF_8), 1);
  }

  private void apply(byte[] diff, int strip) throws IOException {
    try (Change change = workspace.begin()) {
      new PatchApplication(change, contents, Redactor.of(List.of()))
          .apply(new PatchText(diff, strip));
      change.keep();
    } catch (WorkspaceException e) {
      throw GitFailures.translate("apply the patch", e);
    }
  }

  private PortException refusal(String diff) {
    return catchThrowableOfType(PortException.class, () -> apply(diff));
  }

  private String bash(Path directory, String script) throws Exception {
    var builder = new ProcessBuilder("bash", "-ec", script).directory(directory.toFile());
    builder.environment().put("GIT_DIR", git.toString());
    builder.environment().put("GIT_WORK_TREE", tree.toString());
    builder.redirectInput(new File("/dev/null"));
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  private static final String ADD = "git -c core.safecrlf=false add -A; ";

  private static final String COMMIT =
      ADD
          + "git -c user.name=a -c user.email=b -c maintenance.auto=false"
          + " commit -q --allow-empty -m x; ";

  /**
   * Applies the diff of two states of the tree to the first, which must make the second of it.
   *
   * @param diff the command that prints the diff of the last two commits
   */
  private void requireSame(String before, String after, String diff, int strip) throws Exception {
    String wanted =
        bash(
            tree,
            "git init -q --template=; git config core.filemode true; "
                + (before + "; " + COMMIT + after + "; " + COMMIT)
                + ("{ " + diff + "; } > \"$GIT_DIR/diff\"; git rev-parse HEAD^{tree}; ")
                + "git reset -q --hard HEAD~; git clean -qfdx");

    apply(Files.readAllBytes(git.resolve("diff")), strip);

    assertThat(bash(tree, ADD + "git write-tree")).isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "text in several hunks | seq 1 100 > a | sed -i -e 5d -e 's/^50$/fifty/' -e '$a last' a",
        "no newline at the end | printf 'a\\nb' > a | printf 'a\\nc' > a",
        "newline added at the end | printf 'a\\nb' > a | printf 'a\\nb\\n' > a",
        "newline taken from the end | printf 'a\\nb\\n' > a | printf 'a\\nb' > a",
        "CRLF | printf 'a\\r\\nb\\r\\nc\\r\\n' > a | printf 'a\\r\\nB\\r\\nc\\r\\n' > a",
        "CRLF in the tree only | echo '*.bat eol=crlf' > .gitattributes; seq 1 9 > a.bat | sed -i s/5/five/ a.bat",
        "CRLF in the tree only, deleted | echo '*.bat eol=crlf' > .gitattributes; seq 1 9 > a.bat | rm a.bat",
        "new, deleted and empty files | echo a > a; touch e | rm a e; mkdir d; echo n > d/n; touch z",
        "a file made empty | echo a > a | : > a",
        "mode only | echo a > a; echo b > b; chmod +x b | chmod +x a; chmod -x b",
        "renamed executable | seq 1 30 > a; chmod +x a | mv a b",
        "renamed and changed | seq 1 30 > a | mkdir d; mv a d/a; sed -i s/7/seven/ d/a",
        "swapped | seq 1 30 > a; seq 50 90 > b | mv a t; mv b a; mv t b; echo x >> a; echo y >> b",
        "copied | seq 1 30 > a | cp a b; echo x >> b; echo y >> a",
        "symbolic links | ln -s x l; echo a > a | ln -sfn y l; ln -s a new",
        "file to link | echo a > a | rm a; ln -s b a",
        "link to file | ln -s b a | rm a; echo a > a",
        "file to folder | echo a > a | rm a; mkdir a; echo b > a/b",
        "folder to file | mkdir a; echo b > a/b | rm -r a; echo a > a",
        "link to folder | ln -s /etc a | rm a; mkdir a; echo b > a/passwd",
        "binary literal | printf 'a\\0b' > a | printf '\\0c\\0d' > a; printf '\\1\\0' > n",
        "binary delta | head -c 5000 /dev/zero > a; printf x >> a | printf y >> a",
        "binary deleted | printf 'a\\0b' > a | rm a",
        "latin-1 text | printf 'a\\xe4\\n' > a | printf 'b\\xe4\\n' > a",
        "names with spaces, quotes and more | echo a > 'a b'; echo c > 'ö\"q' | echo b >> 'a b'; echo d >> 'ö\"q'; echo t > $'t\\tb'",
        "names that look like two | mkdir -p 'x b'; echo a > 'x b/y'; chmod -x 'x b/y' | chmod +x 'x b/y'",
        "empty file renamed | : > a | mv a b",
        "a very long line | printf '%300000s\\nb\\n' x > a | sed -i 's/^b/c/' a",
        "names with backslashes and bytes | echo a > 'b\\s'; echo c > $'\\xe4' | echo b >> 'b\\s'; mv $'\\xe4' $'\\xff\\n'",
        "lone carriage returns | printf 'a\\rb\\nc' > a | printf 'a\\rb\\r\\nc' > a",
        "converted file deleted | echo '*.bat eol=crlf' > .gitattributes; seq 1 9 > a.bat | rm a.bat",
        "lines that look like headers | printf -- '-- a\\n++ b\\nx\\n' > a | printf -- '-- c\\n++ d\\nx\\n' > a",
      })
  void doesWhatNativeGitMeant(String what, String before, String after) throws Exception {
    requireSame(before, after, "git diff --binary -M -C --find-copies-harder HEAD~ HEAD", 1);
  }

  @ParameterizedTest
  @CsvSource({"0, --no-prefix", "2, --src-prefix=x/a/ --dst-prefix=x/b/"})
  void stripsAsManyNamesAsItIsTold(int strip, String prefixes) throws Exception {
    String before = "mkdir d; seq 1 30 > d/a; echo b > b";
    String after = "mv d/a d/c; echo x >> d/c; chmod +x b";

    requireSame(before, after, "git diff --binary -M " + prefixes + " HEAD~ HEAD", strip);
  }

  @Test
  void findsAHunkThatHasMoved() throws Exception {
    Files.writeString(tree.resolve("a"), "x\n".repeat(50) + "1\n2\n3\n4\n5\n");

    apply("--- a/a\n+++ b/a\n@@ -10,5 +10,5 @@\n 1\n 2\n-3\n+drei\n 4\n 5\n");

    assertThat(tree.resolve("a")).hasContent("x\n".repeat(50) + "1\n2\ndrei\n4\n5\n");
  }

  @Test
  void saysWhatDiffersAndWhere() throws Exception {
    Files.writeString(tree.resolve("a"), "1\r\n2\r\n3\r\n");

    var failure = refusal("--- a/a\n+++ b/a\n@@ -1,3 +1,3 @@\n 1\n-2\n+zwei\n 3\n");

    assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(failure)
        .hasMessage(
            "could not apply the patch to 'a': hunk 1 of 1 does not fit at line 1:"
                + " expected '1', found '1\\r'");
    assertThat(tree.resolve("a")).hasContent("1\r\n2\r\n3\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "diff --git a/a b/a\n",
        "--- a/a\n+++ b/a\n@@ @@\n-1\n+2\n",
        "--- a/a\n+++ b/a\n@@ -1,5 +1,5 @@\n-1\n+2\n",
        "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-1\n+2\n+3\n",
        "diff --git a/a b/a\nindex 1..2 100644\nBinary files a/a and b/a differ\n",
      })
  void refusesWhatIsNoWholeDiff(String diff) throws Exception {
    Files.writeString(tree.resolve("a"), "1\n");

    assertThat(refusal(diff).kind()).isEqualTo(FailureKind.INVALID_PLAN);
    assertThat(tree.resolve("a")).hasContent("1\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-0\n+2\n",
        "--- a/none\n+++ b/none\n@@ -1 +1 @@\n-1\n+2\n",
        "diff --git a/a b/a\nnew file mode 100644\n--- /dev/null\n+++ b/a\n@@ -0,0 +1 @@\n+2\n",
        "diff --git a/a b/a\ndeleted file mode 100644\n--- a/a\n+++ /dev/null\n@@ -1 +0,0 @@\n-0\n",
        "diff --git a/a b/a\nold mode 120000\nnew mode 100644\n",
        "diff --git a/a b/d\nsimilarity index 100%\nrename from a\nrename to d\n",
        "diff --git a/a/b b/a/b\nnew file mode 100644\n--- /dev/null\n+++ b/a/b\n@@ -0,0 +1 @@\n+2\n",
      })
  void refusesWhatDoesNotFit(String diff) throws Exception {
    Files.writeString(tree.resolve("a"), "1\n");
    Files.createDirectory(tree.resolve("d"));
    Files.writeString(tree.resolve("d/inside"), "1\n");

    assertThat(refusal(diff).kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(tree.resolve("a")).hasContent("1\n");
    assertThat(tree.resolve("d/inside")).hasContent("1\n");
  }

  @Test
  void refusesALinkToANameWithANul() {
    PortException refusal =
        refusal(
            """
            diff --git a/l b/l
            new file mode 120000
            --- /dev/null
            +++ b/l
            @@ -0,0 +1 @@
            +a\0b
            \\ No newline at end of file
            """);

    assertThat(refusal.kind()).isEqualTo(FailureKind.INVALID_PLAN);
    assertThat(refusal).hasMessageContaining("the link 'l' leads to a name with a NUL character");
  }

  @Test
  void writesThroughNoSymbolicLink() throws Exception {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Files.createSymbolicLink(tree.resolve("link"), outside);

    var failure =
        refusal(
            """
            diff --git a/link/a b/link/a
            new file mode 100644
            --- /dev/null
            +++ b/link/a
            @@ -0,0 +1 @@
            +2
            """);

    assertThat(failure.kind()).isEqualTo(FailureKind.DENIED);
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void refusesABinaryFileThatIsAnother() throws Exception {
    bash(tree, "git init -q; printf 'a\\0b' > a; " + COMMIT + "printf 'c\\0d' > a; " + COMMIT);
    String diff = bash(tree, "git diff --binary HEAD~ HEAD");
    Files.write(tree.resolve("a"), new byte[] {0, 1, 2});

    assertThat(refusal(diff).kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(tree.resolve("a")).hasBinaryContent(new byte[] {0, 1, 2});
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git diff -U0 HEAD~ HEAD",
        "git diff HEAD~ HEAD | sed -e '/^diff/d' -e '/^index/d' -e '/^new file/d' -e '/^deleted/d'",
        "git diff --src-prefix=i/ --dst-prefix=w/ HEAD~ HEAD",
        "git -c user.name=a -c user.email=b format-patch --stdout HEAD~",
        "echo 'Some words before.'; git diff HEAD~ HEAD",
      })
  void takesADiffInEveryGuise(String command) throws Exception {
    requireSame(
        "seq 1 40 > a; echo b > b",
        "sed -i -e '3d' -e '20i new' -e '$a end' a; rm b; echo c > c",
        command,
        1);
  }

  /** The file has the same block ten times; {@code git apply} shows which place is right. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 6, 7, 8, 13, 17, 23, 40, 60})
  void takesThePlaceThatNativeGitTakes(int line) throws Exception {
    String block = "a\nb\nc\nd\n";
    String before = "x\n" + block.repeat(5) + "y\n" + block.repeat(5) + "z\n";
    String hunk = " a\n b\n-c\n+C\n d\n";
    String diff =
        ("--- a/a\n+++ b/a\n@@ -" + (line + 1) + ",4 +" + (line + 1) + ",4 @@\n" + hunk)
            + ("@@ -" + (line + 9) + ",4 +" + (line + 9) + ",4 @@\n" + hunk);
    Files.writeString(temp.resolve("diff"), diff);
    Files.writeString(tree.resolve("a"), before);
    bash(tree, "git init -q; git apply ../diff");
    String wanted = Files.readString(tree.resolve("a"));
    Files.writeString(tree.resolve("a"), before);

    try {
      apply(diff);
    } catch (PortException e) {
      assertThat(e).hasMessageContaining("above those of the hunk before it");
      return;
    }

    assertThat(tree.resolve("a")).hasContent(wanted);
  }

  @Test
  void takesSeveralDiffsOfAFileOneAfterTheOther() throws Exception {
    Files.writeString(tree.resolve("a"), "1\n");

    apply(
        "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-1\n+2\ndiff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-2\n+3\n");

    assertThat(tree.resolve("a")).hasContent("3\n");
  }

  @Test
  void addsLinesWithoutContextOnlyToTheVeryFile() throws Exception {
    Files.writeString(tree.resolve("a"), "1\n2\n3\n");

    var failure = refusal("--- a/a\n+++ b/a\n@@ -1,0 +2 @@\n+new\n");

    assertThat(failure)
        .hasMessage(
            "could not apply the patch to 'a': hunk 1 of 1 does not fit at line 2: it has no lines"
                + " of context, and the file is not the one that it was made of");
    assertThat(tree.resolve("a")).hasContent("1\n2\n3\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "some words~|: it is not a Git diff, or changes no file",
        "--- a/none~+++ b/none~@@ -1 +1 @@~-1~+2~| to 'none': there is no such file",
        "--- a/a~+++ b/a~@@ -2 +2 @@~-1~+4~| to 'a': hunk 1 of 1 does not fit at line 2: expected '1', found '2'",
        "--- a/a~+++ b/a~@@ -1,4 +1,4 @@~ 1~ 2~-3~+drei~ 4~| to 'a': hunk 1 of 1 does not fit at line 4: expected '4', found the end of the file",
        "--- a/a~+++ b/a~@@ -1,2 +1,2 @@~ 2~-3~+4~| to 'a': hunk 1 of 1 does not fit at line 1: expected '2', found '1'",
        "--- a/a~+++ b/a~@@ -1,2 +1,2 @@~ 1~-2~+4~| to 'a': hunk 1 of 1 does not fit at line 1: its lines are there, but no context follows them, so they have to be at the end of the file, after line 3",
        "--- a/a~+++ b/a~@@ -1 1 @@~-1~+2~|: the header of a hunk is damaged: '@@ -1 1 @@'",
        "--- a/a~+++ b/c~@@ -1 +1 @@~-1~+2~|: it names two files, 'a' and 'c', without renaming one",
        "diff --git a/a b/a~old mode 100644~new mode 1009~|: 'old mode' and 'new mode' do not both name a mode",
        "diff --git a/a b/a~index ggg..ggg~--- a/a~+++ b/a~@@ -1 +1 @@~-1~+2~|: an id or a mode in the header of a file is damaged",
        "diff --git a/a b/a~old mode 100644~|: 'old mode' and 'new mode' do not both name a mode",
        "diff --git a/a b/c~rename from a~rename to c~--- a/a~+++ b/d~@@ -1 +1 @@~-1~+2~|: '+++ b/d' is invalid in the header of a file",
        "diff --git a/a b/a~new file mode 100644~--- /dev/null~+++ b/a~@@ -0,0 +1 @@~+2~| to 'a': it exists already",
        "diff --git a/a b/a~deleted file mode 100644~--- a/a~+++ /dev/null~@@ -1 +0,0 @@~-1~| to 'a': the patch deletes it, but it has more content than the patch",
        "--- a/../x~+++ b/../x~@@ -0,0 +1 @@~+2~|: the path '../x' leads upwards",
        "--- a~+++ b~@@ -0,0 +1 @@~+2~|: the name 'a' does not have the 1 leading names to strip",
        "diff --git a/a b/a~index 1..2~GIT binary patch~literal 1~Ac0000~~|: it has no full ids for the binary file 'a'; make it by 'git diff --binary'",
      })
  void saysWhatIsWrong(String diff, String message) throws Exception {
    Files.writeString(tree.resolve("a"), "1\n2\n3\n");

    var failure = refusal(diff.replace("~", "\n"));

    String colon = message.startsWith(":") ? "" : " ";
    assertThat(failure).hasMessage("could not apply the patch" + colon + message);
    assertThat(tree.resolve("a")).hasContent("1\n2\n3\n");
  }
}
