package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.plan.PatchText;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.workspace.Change;
import io.numa.avatar.workspace.Workspace;
import io.numa.avatar.workspace.WorkspaceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.dircache.DirCache;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Diffs of native Git are the measure; each is applied to the tree that it was made from. */
class PatchApplicationTest {
  @TempDir Path temp;
  private Path tree;
  private Path git;
  private Workspace workspace;
  private Contents contents;

  @BeforeEach
  void makeTree() throws IOException {
    tree = Files.createDirectory(temp.resolve("tree"));
    git = temp.resolve("git");
    workspace = Workspace.of(tree, temp.resolve("scratch"));
    contents = new Contents(GitFolder.create(temp.resolve("store")), DirCache.newInCore());
  }

  private void apply(String diff) throws IOException {
    apply(diff.getBytes(UTF_8), 1);
  }

  private void apply(byte[] diff, int strip) throws IOException {
    try (Change change = workspace.begin()) {
      new PatchApplication(change, contents).apply(new PatchText(diff, strip));
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
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  private static final String COMMIT =
      "git add -A; git -c user.name=a -c user.email=b commit -q --allow-empty -m x; ";

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
        "lines that look like headers | printf -- '-- a\\n++ b\\nx\\n' > a | printf -- '-- c\\n++ d\\nx\\n' > a",
      })
  void doesWhatNativeGitMeant(String what, String before, String after) throws Exception {
    bash(tree, "git init -q; git config core.filemode true; " + before + "; " + COMMIT);
    bash(tree, after + "; " + COMMIT);
    byte[] diff =
        bash(tree, "git diff --binary -M -C --find-copies-harder HEAD~ HEAD").getBytes(ISO_8859_1);
    String wanted = bash(tree, "git rev-parse HEAD^{tree}");
    bash(tree, "git reset -q --hard HEAD~; git clean -qfdx");

    apply(diff, 1);

    bash(tree, COMMIT);
    assertThat(bash(tree, "git rev-parse HEAD^{tree}")).isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource({"0, --no-prefix", "2, --src-prefix=x/a/ --dst-prefix=x/b/"})
  void stripsAsManyNamesAsItIsTold(int strip, String prefixes) throws Exception {
    bash(tree, "git init -q; mkdir d; seq 1 30 > d/a; echo b > b; " + COMMIT);
    bash(tree, "mv d/a d/c; echo x >> d/c; chmod +x b; " + COMMIT);
    byte[] diff =
        bash(tree, "git diff --binary -M " + prefixes + " HEAD~ HEAD").getBytes(ISO_8859_1);
    String wanted = bash(tree, "git rev-parse HEAD^{tree}");
    bash(tree, "git reset -q --hard HEAD~");

    apply(diff, strip);

    bash(tree, COMMIT);
    assertThat(bash(tree, "git rev-parse HEAD^{tree}")).isEqualTo(wanted);
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
    bash(tree, "git init -q; printf 'a\\0b' > a; " + COMMIT);
    bash(tree, "printf 'c\\0d' > a; " + COMMIT);
    String diff = bash(tree, "git diff --binary HEAD~ HEAD");
    Files.write(tree.resolve("a"), new byte[] {0, 1, 2});

    assertThat(refusal(diff).kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(tree.resolve("a")).hasBinaryContent(new byte[] {0, 1, 2});
  }
}
