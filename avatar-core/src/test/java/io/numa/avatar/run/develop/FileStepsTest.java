package io.numa.avatar.run.develop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.Step.Occurrences;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.run.text.StepText;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.workspace.Workspace;
import io.numa.avatar.workspace.WorkspaceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileStepsTest {
  @TempDir Path temp;
  private Path tree;
  private Workspace workspace;

  @BeforeEach
  void plant() throws IOException {
    tree = Files.createDirectory(temp.resolve("tree"));
    put("../outside/canary", "alive");
    put(".git/config", "[core]");
    put("a.txt", "one\ntwo\none\n");
    put("many.txt", "x\n".repeat(11));
    put("dir/b.txt", "b");
    put("dir/sub/c.txt", "c");
    put("run.sh", "#!/bin/sh");
    Files.setPosixFilePermissions(
        tree.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.write(tree.resolve("latin1.txt"), new byte[] {'a', (byte) 0xe9, 'b', 0, (byte) 0xff});
    link("in", "dir");
    link("a.link", "a.txt");
    link("out", "../outside");
    link("out.link", "../outside/canary");
    link("git.link", ".git");
    link("dead", "nowhere");
    link("dir/up", "..");
    workspace = Workspace.of(tree, temp.resolve("scratch"));
  }

  private void put(String path, String text) throws IOException {
    Path file = tree.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void link(String path, String target) throws IOException {
    Files.createSymbolicLink(tree.resolve(path), Path.of(target));
  }

  /** Steps that succeed, and the expected differences of the tree. */
  static Stream<Arguments> successes() {
    return Stream.of(
        does("writes a file and its folders", write("n/e/w.txt", "hi"), "+n/e/w.txt - hi"),
        does("writes over a file", write("a.txt", "hi"), "+a.txt - hi"),
        does("clears the executable bit", write("run.sh", "#!/bin/sh"), "+run.sh - #!/bin/sh"),
        does("writes a script", script("new.sh", "hi"), "+new.sh x hi"),
        does("makes a file a script", script("a.txt", "hi"), "+a.txt x hi"),
        does("writes through a link that stays", write("in/w.txt", "hi"), "+dir/w.txt - hi"),
        does("writes up and back inside", write("in/up/w.txt", "hi"), "+w.txt - hi"),
        does("writes in place of a link", write("a.link", "hi"), "+a.link - hi"),
        does("writes in place of a link out", write("out.link", "hi"), "+out.link - hi"),
        does("writes a dead link anew", write("dead", "hi"), "+dead - hi"),
        does("makes a link", symlink("n/link", "../a.txt"), "+n/link -> ../a.txt"),
        does("makes a file a link", symlink("a.txt", "b c"), "+a.txt -> b c"),
        does("edits once", edit("a.txt", "two", "2", 1), "+a.txt - one 2 one "),
        does("edits as often as told", edit("a.txt", "one", "1", 2), "+a.txt - 1 two 1 "),
        does("edits all", editAll("a.txt", "o", "$1\\"), "+a.txt - $1\\ne tw$1\\ $1\\ne "),
        does("edits lines", edit("a.txt", "one\ntwo\n", "", 1), "+a.txt - one "),
        does("edits a script", edit("run.sh", "sh", "bash", 1), "+run.sh x #!/bin/bash"),
        does("edits what a link stands for", edit("a.link", "two", "2", 1), "+a.txt - one 2 one "),
        does(
            "edits any bytes",
            edit("latin1.txt", "b", "é", 1),
            "+latin1.txt - a\u00e9\u00c3\u00a9\0\u00ff"),
        does("moves a file", move("a.txt", "n/a.txt"), "-a.txt", "+n/a.txt - one two one "),
        does("moves a script", move("run.sh", "r"), "-run.sh", "+r x #!/bin/sh"),
        does(
            "moves a folder",
            move("dir", "n/d"),
            "-dir/b.txt",
            "-dir/sub/c.txt",
            "-dir/up",
            "+n/d/b.txt - b",
            "+n/d/sub/c.txt - c",
            "+n/d/up -> .."),
        does("moves a link as it is", move("out", "o"), "-out", "+o -> ../outside"),
        does("moves over a file", moveOver("run.sh", "a.txt"), "-run.sh", "+a.txt x #!/bin/sh"),
        does(
            "moves over a folder",
            moveOver("a.txt", "dir"),
            "-a.txt",
            "-dir/b.txt",
            "-dir/sub/c.txt",
            "-dir/up",
            "+dir - one two one "),
        does("moves over a link out", moveOver("a.txt", "out"), "-a.txt", "+out - one two one "),
        does("copies a file", copy("a.txt", "n/a.txt"), "+n/a.txt - one two one "),
        does("copies a script", copy("run.sh", "r"), "+r x #!/bin/sh"),
        does("copies a link as it is", copy("out", "o"), "+o -> ../outside"),
        does(
            "copies a folder with its links",
            copy("dir", "n/d"),
            "+n/d/b.txt - b",
            "+n/d/sub/c.txt - c",
            "+n/d/up -> .."),
        does("copies over a folder", copyOver("dir/sub", "in/up/n"), "+n/c.txt - c"),
        does("copies over a file", copyOver("run.sh", "a.txt"), "+a.txt x #!/bin/sh"),
        does("deletes a file", delete("a.txt"), "-a.txt"),
        does("deletes a folder", delete("dir"), "-dir/b.txt", "-dir/sub/c.txt", "-dir/up"),
        does("deletes a link, not its target", delete("out"), "-out"),
        does("deletes a dead link", delete("dead"), "-dead"),
        does("deletes below a link that stays", delete("in/b.txt"), "-dir/b.txt"),
        does("need not find what it deletes", deleteIfThere("n/o")),
        does("deletes what it need not find", deleteIfThere("a.txt"), "-a.txt"),
        does("sets the executable bit", chmod("a.txt", true), "+a.txt x one two one "),
        does("keeps the executable bit", chmod("run.sh", true)),
        does("takes the executable bit", chmod("run.sh", false), "+run.sh - #!/bin/sh"),
        does("finds a file", exists("a.txt", true)),
        does("finds a folder", exists("dir/sub", true)),
        does("finds a dead link", exists("dead", true)),
        does("finds nothing", exists("n/o", false)),
        does("finds a match anywhere", matches("a.txt", "t.o", true)),
        does("finds a match in what a link stands for", matches("a.link", "(?m)^two$", true)),
        does("finds no match", matches("a.txt", "three", false)));
  }

  private static Arguments does(String what, Action action, String... changes) {
    return Arguments.of(what, action, changes);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("successes")
  void doesWhatTheStepSaysAndNothingElse(String what, Action action, String[] changes)
      throws Exception {
    var before = snapshot();

    perform(action);

    assertThat(changes(before, snapshot())).containsExactlyInAnyOrder(changes);
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        conflict(write("dir", ""), "'dir' is a folder; delete it first"),
        conflict(symlink("dir", "a"), "'dir' is a folder; delete it first"),
        leadsOut(write("out/x", ""), "out/x"),
        leadsOut(write("out/a/b", ""), "out/a/b"),
        leadsOut(write("in/up/out/x", ""), "in/up/out/x"),
        leadsOut(write("git.link/config", ""), "git.link/config"),
        leadsOut(symlink("out/x", "a"), "out/x"),
        denied(write("dead/x", ""), "the path 'dead/x' goes through a link that leads nowhere"),
        conflict(edit("no.txt", "a", "b", 1), "'no.txt' does not exist"),
        conflict(edit("dir", "a", "b", 1), "'dir' is no file"),
        conflict(edit("in", "a", "b", 1), "'in' is no file"),
        leadsOut(edit("out.link", "alive", "dead", 1), "out.link"),
        leadsOut(edit("out/canary", "alive", "dead", 1), "out/canary"),
        denied(edit("dead", "a", "b", 1), "the path 'dead' goes through a link that leads nowhere"),
        conflict(
            edit("a.txt", "one", "1", 1),
            "the text to find in 'a.txt' occurs 2 times (lines 1, 3), and was expected 1 times: \"one\""),
        conflict(
            edit("a.txt", "two", "2", 2),
            "the text to find in 'a.txt' occurs 1 times (lines 2), and was expected 2 times: \"two\""),
        conflict(
            edit("a.txt", "three", "3", 1),
            "the text to find in 'a.txt' occurs 0 times, and was expected 1 times: \"three\""),
        conflict(
            editAll("a.txt", "three", "3"),
            "the text to find in 'a.txt' occurs 0 times, and was expected at least once: \"three\""),
        conflict(
            edit("many.txt", "x", "y", 1),
            "the text to find in 'many.txt' occurs 11 times (lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,"
                + " and more), and was expected 1 times: \"x\""),
        conflict(
            edit("a.txt", "y".repeat(301), "", 1),
            "the text to find in 'a.txt' occurs 0 times, and was expected 1 times: \""
                + "y".repeat(300)
                + "…\""),
        conflict(move("no.txt", "b"), "'no.txt' does not exist"),
        conflict(
            move("a.txt", "dir/b.txt"),
            "'dir/b.txt' exists already; say overwrite: true to replace it"),
        conflict(move("a.txt", "dir"), "'dir' exists already; say overwrite: true to replace it"),
        conflict(move("a.txt", "dead"), "'dead' exists already; say overwrite: true to replace it"),
        conflict(moveOver("dir", "dir/sub/d"), "'dir' and 'dir/sub/d' lie in each other"),
        conflict(moveOver("dir/sub", "dir"), "'dir/sub' and 'dir' lie in each other"),
        conflict(moveOver("dir/sub", "in/sub"), "'dir/sub' and 'in/sub' lie in each other"),
        conflict(moveOver("a.txt", "a.txt"), "'a.txt' and 'a.txt' lie in each other"),
        leadsOut(move("a.txt", "out/a"), "out/a"),
        leadsOut(moveOver("a.txt", "out/canary"), "out/canary"),
        leadsOut(move("out/canary", "b"), "out/canary"),
        leadsOut(move("git.link/config", "b"), "git.link/config"),
        conflict(copy("no.txt", "b"), "'no.txt' does not exist"),
        conflict(
            copy("a.txt", "run.sh"), "'run.sh' exists already; say overwrite: true to replace it"),
        conflict(copyOver("dir", "dir/d"), "'dir' and 'dir/d' lie in each other"),
        conflict(copyOver("dir", "in/d"), "'dir' and 'in/d' lie in each other"),
        leadsOut(copy("out/canary", "b"), "out/canary"),
        leadsOut(copy("a.txt", "out/b"), "out/b"),
        leadsOut(copyOver("a.txt", "git.link/config"), "git.link/config"),
        conflict(delete("no.txt"), "'no.txt' does not exist"),
        conflict(delete("a.txt/x"), "'a.txt/x' does not exist"),
        leadsOut(delete("out/canary"), "out/canary"),
        leadsOut(deleteIfThere("out/canary"), "out/canary"),
        leadsOut(delete("git.link/config"), "git.link/config"),
        conflict(chmod("no.txt", true), "'no.txt' does not exist"),
        conflict(chmod("dir", true), "'dir' is no regular file"),
        conflict(chmod("a.link", true), "'a.link' is no regular file"),
        leadsOut(chmod("out/canary", true), "out/canary"),
        conflict(exists("no.txt", true), "'no.txt' does not exist"),
        conflict(exists("a.txt", false), "'a.txt' exists"),
        conflict(exists("dead", false), "'dead' exists"),
        leadsOut(exists("out/canary", true), "out/canary"),
        conflict(matches("no.txt", "x", true), "'no.txt' does not exist"),
        conflict(matches("no.txt", "x", false), "'no.txt' does not exist"),
        conflict(matches("dir", "x", true), "'dir' is no file"),
        conflict(matches("latin1.txt", "a", true), "'latin1.txt' is not UTF-8 text"),
        leadsOut(matches("out.link", "alive", true), "out.link"),
        conflict(
            matches("a.txt", "t.ree", true),
            "'a.txt' does not match t.ree; it begins: \"one\ntwo\none\n\""),
        conflict(matches("a.txt", "t.o", false), "'a.txt' matches t.o: \"two\""));
  }

  private static Arguments conflict(Action action, String message) {
    return Arguments.of(FailureKind.CONFLICT, message, action);
  }

  private static Arguments leadsOut(Action action, String path) {
    return denied(action, "the path '" + path + "' leads out of the workspace through a link");
  }

  private static Arguments denied(Action action, String message) {
    return Arguments.of(FailureKind.DENIED, message, action);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("failures")
  void saysWhyAStepFailedAndLeavesEverythingAsItWas(FailureKind kind, String message, Action action)
      throws IOException {
    var before = snapshot();

    var stopped = catchThrowable(() -> perform(action));

    assertThat(stopped).hasMessage(message);
    assertThat(kindOf(stopped)).isEqualTo(kind);
    assertThat(changes(before, snapshot())).isEmpty();
  }

  @Test
  void leavesNoFolderWhereOneWasMoved() throws Exception {
    perform(move("dir", "n/d"));

    assertThat(tree.resolve("dir")).doesNotExist();
  }

  /** A text of two lines was looked for in a file with CR LF: "occurs 0 times", and no reason. */
  @Test
  void saysThatAFileHasOtherLineEnds() throws Exception {
    Files.writeString(tree.resolve("crlf.txt"), "one\r\ntwo\r\n");
    Files.writeString(tree.resolve("lf.txt"), "one\ntwo\n");

    assertThatThrownBy(() -> perform(edit("crlf.txt", "one\ntwo", "x", 1)))
        .hasMessageContaining("occurs 0 times (but it does with CR LF line ends, as the file has;")
        .hasMessageContaining("write them as \\r\\n in 'find' and 'replace'");
    assertThatThrownBy(() -> perform(editAll("lf.txt", "one\r\ntwo", "x")))
        .hasMessageContaining("occurs 0 times (but it does with LF line ends, as the file has;");
    assertThatThrownBy(() -> perform(edit("crlf.txt", "one\nthree", "x", 1)))
        .hasMessageContaining("occurs 0 times, and");
    perform(edit("crlf.txt", "one\r\ntwo", "x", 1));
    assertThat(tree.resolve("crlf.txt")).hasContent("x");
  }

  private void perform(Action action) throws StageFailedException, IOException {
    try (var change = workspace.begin()) {
      action.on(new FileSteps(change, new StepText(Redactor.of(List.of()))));
      change.keep();
    }
  }

  private static FailureKind kindOf(Throwable failure) {
    return failure instanceof StageFailedException stopped
        ? stopped.kind()
        : ((WorkspaceException) failure).kind();
  }

  private interface Action {
    void on(FileSteps files) throws StageFailedException, IOException;
  }

  private static WorkspacePath path(String value) {
    return new WorkspacePath(value);
  }

  private static Action write(String path, String text) {
    return files -> files.write(new Step.Write(path(path), Step.Content.File.utf8(text)));
  }

  private static Action script(String path, String text) {
    var content = new Step.Content.File(text.getBytes(ISO_8859_1), true);
    return files -> files.write(new Step.Write(path(path), content));
  }

  private static Action symlink(String path, String target) {
    return files -> files.write(new Step.Write(path(path), new Step.Content.Link(target)));
  }

  private static Action edit(String path, String find, String replace, int times) {
    var expected = new Occurrences(OptionalInt.of(times));
    return files -> files.edit(new Step.Edit(path(path), find, replace, expected));
  }

  private static Action editAll(String path, String find, String replace) {
    return files -> files.edit(new Step.Edit(path(path), find, replace, Occurrences.ALL));
  }

  private static Action move(String from, String to) {
    return files -> files.move(new Step.Move(path(from), path(to), false));
  }

  private static Action moveOver(String from, String to) {
    return files -> files.move(new Step.Move(path(from), path(to), true));
  }

  private static Action copy(String from, String to) {
    return files -> files.copy(new Step.Copy(path(from), path(to), false));
  }

  private static Action copyOver(String from, String to) {
    return files -> files.copy(new Step.Copy(path(from), path(to), true));
  }

  private static Action delete(String path) {
    return files -> files.delete(new Step.Delete(path(path), false));
  }

  private static Action deleteIfThere(String path) {
    return files -> files.delete(new Step.Delete(path(path), true));
  }

  private static Action chmod(String path, boolean executable) {
    return files -> files.chmod(new Step.Chmod(path(path), executable));
  }

  private static Action exists(String path, boolean expected) {
    return files -> files.check(new Step.Assert(path(path), new Step.Condition.Exists(expected)));
  }

  private static Action matches(String path, String pattern, boolean expected) {
    var condition = new Step.Condition.Matches(Pattern.compile(pattern), expected);
    return files -> files.check(new Step.Assert(path(path), condition));
  }

  /** The files inside and outside of the tree, with line feeds as spaces. */
  private Map<String, String> snapshot() throws IOException {
    var found = new TreeMap<String, String>();
    try (var paths = Files.walk(temp)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        if (Files.isSymbolicLink(path)) {
          found.put(tree.relativize(path).toString(), "-> " + Files.readSymbolicLink(path));
        } else if (Files.isRegularFile(path)) {
          found.put(
              tree.relativize(path).toString(),
              (Files.isExecutable(path) ? "x " : "- ")
                  + new String(Files.readAllBytes(path), ISO_8859_1).replace('\n', ' '));
        }
      }
    }
    return found;
  }

  private static Stream<String> changes(Map<String, String> before, Map<String, String> after) {
    var gone = before.keySet().stream().filter(path -> !after.containsKey(path)).map("-"::concat);
    var there =
        after.keySet().stream()
            .filter(path -> !after.get(path).equals(before.get(path)))
            .map(path -> "+" + path + " " + after.get(path));
    return Stream.concat(gone, there);
  }
}
