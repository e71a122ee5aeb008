package io.numa.avatar.cli.hostile;

import static io.numa.avatar.cli.hostile.Steps.chmod;
import static io.numa.avatar.cli.hostile.Steps.copy;
import static io.numa.avatar.cli.hostile.Steps.delete;
import static io.numa.avatar.cli.hostile.Steps.edit;
import static io.numa.avatar.cli.hostile.Steps.exists;
import static io.numa.avatar.cli.hostile.Steps.matches;
import static io.numa.avatar.cli.hostile.Steps.move;
import static io.numa.avatar.cli.hostile.Steps.patch;
import static io.numa.avatar.cli.hostile.Steps.patchDelete;
import static io.numa.avatar.cli.hostile.Steps.patchEdit;
import static io.numa.avatar.cli.hostile.Steps.patchLink;
import static io.numa.avatar.cli.hostile.Steps.patchMode;
import static io.numa.avatar.cli.hostile.Steps.patchMoved;
import static io.numa.avatar.cli.hostile.Steps.patchNew;
import static io.numa.avatar.cli.hostile.Steps.patchNewQuoted;
import static io.numa.avatar.cli.hostile.Steps.patchSubmodule;
import static io.numa.avatar.cli.hostile.Steps.patchZeros;
import static io.numa.avatar.cli.hostile.Steps.run;
import static io.numa.avatar.cli.hostile.Steps.runIn;
import static io.numa.avatar.cli.hostile.Steps.symlink;
import static io.numa.avatar.cli.hostile.Steps.write;
import static io.numa.avatar.task.FailureKind.CONFLICT;
import static io.numa.avatar.task.FailureKind.DENIED;
import static io.numa.avatar.task.FailureKind.INVALID_PLAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.testkit.fixture.TreeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that no plan reaches outside of its workspace. The plans run in the repository {@link
 * HostileWorld#traps}. {@code @OUT} is the folder that most of them try to reach; {@code @HOME} is
 * the task's home folder.
 */
@Timeout(60)
class HostilePlansIT {
  private static final String UP = "leads upwards";
  private static final String ABSOLUTE = "is not relative to the workspace";
  private static final String GIT = "leads into a Git directory";
  private static final String OUT = "leads out of the workspace through a link";
  private static final String NOWHERE = "goes through a link that leads nowhere";
  private static final String ON_THE_WAY = "a symbolic link is on the way";
  private static final String PROTECTED = "is protected by guard.protected_paths";
  private static final String GONE = "is no folder any more";
  private static final String TOO_LARGE = "guard.max_file_size";
  private static final String HOLE = "truncate -s 10G hole";

  /** Makes 4,500 nested folders. */
  private static final String DEEP =
      "d=$(printf 'd/%.0s' $(seq 1500)); for i in 1 2 3; do mkdir -p $d; cd $d; done; echo > x";

  private static final String SUBMODULE =
      "git init -q sub && cd sub && git -c user.name=a -c user.email=b commit -q --allow-empty -m x";

  @TempDir static Path temp;
  private static HostileWorld world;

  @BeforeAll
  static void build() throws IOException {
    world = new HostileWorld(temp);
  }

  @AfterAll
  static void tearDown() {
    world.close();
  }

  static Stream<Arguments> spellings() {
    return Stream.of(
        refused(INVALID_PLAN, UP, write("../beside/canary.txt")),
        refused(INVALID_PLAN, UP, write("a/../../beside/canary.txt")),
        refused(INVALID_PLAN, UP, write("..")),
        refused(INVALID_PLAN, UP, write("dir/..")),
        refused(INVALID_PLAN, ABSOLUTE, write("@OUT/canary.txt")),
        refused(INVALID_PLAN, ABSOLUTE, write("//@OUT/canary.txt")),
        refused(INVALID_PLAN, ABSOLUTE, write("/")),
        refused(INVALID_PLAN, ABSOLUTE, write("C:/Windows/x")),
        refused(INVALID_PLAN, ABSOLUTE, write("c:x")),
        refused(INVALID_PLAN, "holds a backslash", write("..\\..\\x")),
        refused(INVALID_PLAN, "holds a backslash", write("\\\\host\\share")),
        refused(INVALID_PLAN, "holds a NUL character", write("README.md\0/../../x")),
        refused(INVALID_PLAN, "is empty", write("")),
        refused(INVALID_PLAN, "holds an empty name or '.'", write(".")),
        refused(INVALID_PLAN, "holds an empty name or '.'", write("dir//x")),
        refused(INVALID_PLAN, "names", write("d/".repeat(300) + "x")),
        refused(INVALID_PLAN, "bytes", write("n".repeat(256))),
        refused(INVALID_PLAN, "bytes", write("nine/byte/".repeat(600) + "x")),
        refused(INVALID_PLAN, GIT, write(".git")),
        refused(INVALID_PLAN, GIT, write(".git/hooks/pre-commit")),
        refused(INVALID_PLAN, GIT, write(".GIT/config")),
        refused(INVALID_PLAN, GIT, write("git~1/config")),
        refused(INVALID_PLAN, GIT, write(".git./config")),
        refused(INVALID_PLAN, GIT, write(".git /config")),
        refused(INVALID_PLAN, GIT, write(".git::$INDEX_ALLOCATION/config")),
        refused(INVALID_PLAN, GIT, write(".g\u200cit/config")),
        refused(INVALID_PLAN, GIT, write("dir/.git/config")),
        refused(INVALID_PLAN, UP, symlink("../beside/canary.txt", "x")),
        refused(INVALID_PLAN, GIT, symlink(".git/hooks/pre-commit", "@OUT/canary.txt")),
        refused(INVALID_PLAN, "NUL", symlink("link", "a\0b")),
        refused(INVALID_PLAN, UP, edit("../beside/canary.txt", "canary")),
        refused(INVALID_PLAN, ABSOLUTE, edit("@OUT/canary.txt", "canary")),
        refused(INVALID_PLAN, GIT, edit(".git/config", "bare")),
        refused(INVALID_PLAN, UP, move("../beside/canary.txt", "stolen.txt")),
        refused(INVALID_PLAN, UP, move("README.md", "../beside/README.md")),
        refused(INVALID_PLAN, GIT, move(".git", "git")),
        refused(INVALID_PLAN, ABSOLUTE, copy("@OUT/canary.txt", "stolen.txt")),
        refused(INVALID_PLAN, UP, copy("README.md", "../../../canary.txt")),
        refused(INVALID_PLAN, GIT, copy("run.sh", ".git/hooks/pre-push")),
        refused(INVALID_PLAN, UP, delete("../beside")),
        refused(INVALID_PLAN, UP, delete("..")),
        refused(INVALID_PLAN, "holds an empty name or '.'", delete(".")),
        refused(INVALID_PLAN, ABSOLUTE, delete("/")),
        refused(INVALID_PLAN, GIT, delete(".git")),
        refused(INVALID_PLAN, UP, chmod("../beside/canary.txt")),
        refused(INVALID_PLAN, UP, exists("../beside/canary.txt")),
        refused(INVALID_PLAN, ABSOLUTE, matches("/etc/passwd", "root")),
        refused(INVALID_PLAN, UP, runIn("..")),
        refused(INVALID_PLAN, ABSOLUTE, runIn("@OUT")),
        refused(INVALID_PLAN, GIT, runIn(".git/hooks")),
        refused(INVALID_PLAN, "holds a backslash", runIn("..\\..")));
  }

  static Stream<Arguments> linksOfTheRepository() {
    return Stream.of(
        refused(DENIED, OUT, write("links/abs/new.txt")),
        refused(DENIED, OUT, write("links/abs/canary.txt")),
        refused(DENIED, OUT, write("links/rel/new.txt")),
        refused(DENIED, OUT, write("links/beside/new.txt")),
        refused(DENIED, OUT, write("links/chain2/new.txt")),
        refused(DENIED, OUT, write("links/root/tmp/new.txt")),
        refused(DENIED, OUT, write("links/proc/new.txt")),
        refused(DENIED, OUT, write("links/upup/new.txt")),
        refused(DENIED, OUT, write("links/dirup/new.txt")),
        refused(DENIED, OUT, write("links/back/new.txt")),
        refused(DENIED, OUT, write("links/up/links/upup/new.txt")),
        refused(DENIED, OUT, write("links/git/config")),
        refused(DENIED, NOWHERE, write("links/hooks/pre-push")),
        refused(DENIED, OUT, write("links/realgit/config")),
        refused(DENIED, OUT, write("links/user/.bashrc")),
        refused(DENIED, OUT, write("links/deadout/new.txt")),
        refused(DENIED, NOWHERE, write("links/loop/new.txt")),
        refused(DENIED, NOWHERE, write("links/loop1/new.txt")),
        refused(DENIED, NOWHERE, write("links/dead/new.txt")),
        refused(DENIED, OUT, symlink("links/abs/new.txt", "x")),
        refused(DENIED, OUT, edit("links/file", "canary")),
        refused(DENIED, OUT, edit("links/abs/canary.txt", "canary")),
        refused(DENIED, NOWHERE, edit("links/loop", "x")),
        refused(CONFLICT, "is no regular file", chmod("links/file")),
        refused(DENIED, OUT, chmod("links/abs/canary.txt")),
        refused(DENIED, OUT, delete("links/abs/canary.txt")),
        refused(DENIED, OUT, delete("links/beside/nest")),
        refused(DENIED, OUT, move("links/abs/canary.txt", "stolen.txt")),
        refused(DENIED, OUT, move("README.md", "links/abs/README.md")),
        refused(DENIED, OUT, copy("links/abs/canary.txt", "stolen.txt")),
        refused(DENIED, OUT, copy("links/root/etc", "etc")),
        refused(DENIED, OUT, copy("dir", "links/abs/dir")),
        refused(DENIED, OUT, exists("links/abs/canary.txt")),
        refused(DENIED, OUT, matches("links/file", "canary")),
        refused(DENIED, OUT, matches("links/root/etc/passwd", "root")),
        refused(DENIED, OUT, runIn("links/abs")),
        refused(DENIED, OUT, runIn("links/root")),
        refused(DENIED, OUT, runIn("links/git")),
        refused(DENIED, NOWHERE, runIn("links/loop")));
  }

  static Stream<Arguments> linksThatThePlanMakes() {
    return Stream.of(
        refused(DENIED, OUT, symlink("l", "@OUT"), write("l/canary.txt")),
        refused(DENIED, OUT, symlink("l", "../beside"), delete("l/nest")),
        refused(DENIED, OUT, symlink("d/l", ".."), symlink("m", "d/l/.."), write("m/x")),
        refused(DENIED, OUT, symlink("l", ".git"), write("l/hooks/pre-push")),
        refused(DENIED, OUT, symlink("l", "@OUT/canary.txt"), edit("l", "canary")),
        refused(DENIED, OUT, symlink("l", "@OUT"), move("l", "m"), write("m/canary.txt")),
        refused(DENIED, OUT, copy("links", "m"), write("m/abs/canary.txt")),
        refused(DENIED, OUT, delete("dir"), symlink("dir", "@OUT"), write("dir/canary.txt")),
        refused(DENIED, OUT, patchLink("l", "@OUT"), write("l/canary.txt")),
        refused(DENIED, ON_THE_WAY, patchLink("l", "@OUT"), patchNew("l/new.txt")),
        refused(
            CONFLICT,
            "is a file, but has to be a folder",
            patch(
                Stream.concat(
                        Stream.of(Steps.linkDiff("l", "@OUT")),
                        Stream.of(
                            "diff --git a/l/new.txt b/l/new.txt",
                            "new file mode 100644",
                            "--- /dev/null",
                            "+++ b/l/new.txt",
                            "@@ -0,0 +1 @@",
                            "+x"))
                    .toArray(String[]::new))),
        refused(DENIED, OUT, run("ln -s @OUT l"), write("l/canary.txt")),
        refused(DENIED, OUT, run("ln -s @OUT l"), edit("l/canary.txt", "canary")),
        refused(DENIED, OUT, run("ln -s @OUT l"), chmod("l/canary.txt")),
        refused(DENIED, OUT, run("ln -s @OUT l"), delete("l/canary.txt")),
        refused(DENIED, OUT, run("ln -s @OUT l"), move("l/canary.txt", "stolen.txt")),
        refused(DENIED, OUT, run("ln -s @OUT l"), copy("l/canary.txt", "stolen.txt")),
        refused(DENIED, OUT, run("ln -s @OUT l"), runIn("l")),
        refused(DENIED, OUT, run("rm -r dir; ln -s @OUT dir"), write("dir/canary.txt")),
        refused(
            DENIED,
            ON_THE_WAY,
            run("rm -r dir; ln -s @OUT dir"),
            patchEdit("dir/canary.txt", "100644", "the canary sings")),
        refused(DENIED, ON_THE_WAY, run("rm -r dir; ln -s ../beside dir"), patchNew("dir/new.txt")),
        refused(
            DENIED,
            OUT,
            write("dir/new.txt"),
            run("mv dir d; ln -s ../beside dir"),
            write("dir/new.txt")),
        refused(DENIED, OUT, run("ln -s ../.. up"), runIn("up")),
        refused(DENIED, GONE, run("cd ..; mv tree away; ln -s @OUT tree")),
        refused(DENIED, GONE, run("cd ..; mv tree away; ln -s @OUT tree"), write("canary.txt")),
        refused(DENIED, GONE, run("cd ..; mv tree away; ln -s @OUT tree"), patchNew("canary.txt")),
        refused(DENIED, GONE, run("cd ..; mv tree away; ln -s @OUT tree"), runIn("nest")),
        refused(DENIED, GONE, run("cd ..; mv tree away; ln -s @OUT tree"), run("touch here")),
        refused(DENIED, GONE, run("rm -rf ../tree"), write("x")),
        refused(DENIED, GONE, run("rm -rf ../tree"), run("touch here")),
        refused(DENIED, GONE, run("rm -rf ../tree")),
        refused(DENIED, GONE, run("cd @HOME/*; ln -s @OUT scratch"), write("x")),
        refused(DENIED, GONE, run("cd @HOME/*; rm -rf scratch; touch scratch"), write("x")));
  }

  static Stream<Arguments> patches() {
    return Stream.of(
        refused(DENIED, UP, patchNew("../beside/new.txt")),
        refused(DENIED, UP, patchNew("dir/../../beside/new.txt")),
        refused(DENIED, UP, patchNewQuoted("\\056\\056/beside/new.txt")),
        refused(DENIED, UP, patchNewQuoted("dir/..\\057../beside/new.txt")),
        refused(DENIED, UP, patchNewQuoted("dir\\\\..\\\\..\\\\x")),
        refused(DENIED, "holds a NUL character", patchNewQuoted("a\\000b")),
        refused(DENIED, ABSOLUTE, patchNew("/tmp/new.txt")),
        refused(
            DENIED,
            ABSOLUTE,
            patch(
                0,
                "diff --git @OUT/new.txt @OUT/new.txt",
                "new file mode 100644",
                "--- /dev/null",
                "+++ @OUT/new.txt",
                "@@ -0,0 +1 @@",
                "+x")),
        refused(
            DENIED,
            UP,
            patch(
                2,
                "diff --git a/b/../new.txt a/b/../new.txt",
                "new file mode 100644",
                "--- /dev/null",
                "+++ a/b/../new.txt",
                "@@ -0,0 +1 @@",
                "+x")),
        refused(DENIED, GIT, patchNew(".git/hooks/pre-push")),
        refused(DENIED, GIT, patchNew("dir/.GIT/config")),
        refused(DENIED, GIT, patchNewQuoted(".\\147it/config")),
        refused(DENIED, GIT, patchNew("git~1/config")),
        refused(DENIED, GIT, patchSubmodule(".git/modules")),
        refused(DENIED, UP, patchSubmodule("../beside")),
        refused(DENIED, UP, patchLink("../beside/l", "x")),
        refused(DENIED, "Git does not take a link for it", patchLink(".gitmodules", "README.md")),
        refused(DENIED, UP, patchEdit("../beside/canary.txt", "100644", "the canary sings")),
        refused(DENIED, UP, patchDelete("../beside/canary.txt", "the canary sings")),
        refused(DENIED, UP, patchMoved("rename", "../beside/canary.txt", "stolen.txt")),
        refused(DENIED, UP, patchMoved("rename", "README.md", "../beside/README.md")),
        refused(DENIED, UP, patchMoved("copy", "../beside/canary.txt", "stolen.txt")),
        refused(DENIED, GIT, patchMoved("copy", "run.sh", ".git/hooks/pre-push")),
        refused(DENIED, UP, patchMode("../beside/canary.txt", "100644", "100755")),
        refused(DENIED, UP, patchZeros("new file mode 100644", "../beside/z", 100, 100)),
        refused(DENIED, ON_THE_WAY, patchNew("links/abs/new.txt")),
        refused(DENIED, ON_THE_WAY, patchNew("links/git/hooks/pre-push")),
        refused(
            DENIED, ON_THE_WAY, patchEdit("links/abs/canary.txt", "100644", "the canary sings")),
        refused(DENIED, ON_THE_WAY, patchDelete("links/abs/canary.txt", "the canary sings")),
        refused(DENIED, ON_THE_WAY, patchMode("links/abs/canary.txt", "100644", "100755")),
        refused(DENIED, ON_THE_WAY, patchMoved("rename", "links/abs/canary.txt", "stolen.txt")),
        refused(DENIED, ON_THE_WAY, patchMoved("copy", "links/abs/canary.txt", "stolen.txt")),
        refused(DENIED, ON_THE_WAY, patchMoved("copy", "README.md", "links/abs/README.md")),
        refused(
            CONFLICT,
            "it is a symbolic link",
            patchEdit("links/file", "100644", "the canary sings")),
        refused(CONFLICT, "there is no such file", patchDelete("dir", "x")),
        refused(DENIED, TOO_LARGE, patchZeros("new file mode 100644", "z", 3 << 20, 3 << 20)),
        refused(INVALID_PLAN, "damaged", patchZeros("new file mode 100644", "z", 3 << 20, 5)),
        refused(INVALID_PLAN, "damaged", patchZeros("new file mode 100644", "z", 5, 3L << 40)),
        refused(
            INVALID_PLAN,
            "too long for a link",
            patchZeros("new file mode 120000", "z", 3 << 20, 3 << 20)),
        refused(
            CONFLICT,
            "the binary file is not the one",
            patchZeros("deleted file mode 100644", "README.md", 3 << 20, 3 << 20)));
  }

  static Stream<Arguments> limits() {
    return Stream.of(
        refused(DENIED, PROTECTED, write(".github/workflows/ci.yml")),
        refused(DENIED, PROTECTED, write(".github/workflows/new/x.yml")),
        refused(DENIED, PROTECTED, write(".GitHub/Workflows/ci.yml")),
        refused(DENIED, PROTECTED, write("deep/down/x.lock")),
        refused(DENIED, PROTECTED, write("links/workflows/ci.yml")),
        refused(DENIED, PROTECTED, symlink(".github/workflows/l", "../dir")),
        refused(DENIED, PROTECTED, edit("composer.lock", "locked")),
        refused(DENIED, PROTECTED, edit("links/workflows/ci.yml", "push")),
        refused(DENIED, PROTECTED, move("composer.lock", "composer.txt")),
        refused(DENIED, PROTECTED, move("README.md", ".github/workflows/x.yml")),
        refused(DENIED, PROTECTED, move(".github", "github")),
        refused(DENIED, PROTECTED, copy("README.md", "a.lock")),
        refused(DENIED, PROTECTED, delete("composer.lock")),
        refused(DENIED, PROTECTED, delete(".github")),
        refused(DENIED, PROTECTED, chmod("composer.lock")),
        refused(DENIED, PROTECTED, patchEdit("composer.lock", "100644", "locked")),
        refused(DENIED, PROTECTED, patchDelete("composer.lock", "locked")),
        refused(DENIED, PROTECTED, patchMode("composer.lock", "100644", "100755")),
        refused(DENIED, PROTECTED, patchMoved("rename", "composer.lock", "x")),
        refused(DENIED, PROTECTED, patchMoved("copy", "README.md", "x.lock")),
        refused(DENIED, PROTECTED, patchLink("x.lock", "README.md")),
        refused(DENIED, PROTECTED, patchSubmodule(".github/workflows/sub")),
        refused(DENIED, PROTECTED, run("echo >> .github/workflows/ci.yml")),
        refused(DENIED, PROTECTED, run("rm composer.lock")),
        refused(DENIED, PROTECTED, run("mkdir -p d && mv composer.lock d/Composer.LOCK")),
        refused(DENIED, "guard.max_files: 50", run("for i in $(seq 51); do echo $i > $i; done")),
        refused(DENIED, "guard.max_files: 50", write("x"), run("touch $(seq 50)")),
        refused(DENIED, TOO_LARGE, write("x").replace("content: x", big(2 << 20))),
        refused(DENIED, TOO_LARGE, run("truncate -s 2M big")),
        refused(DENIED, TOO_LARGE, run("truncate -s 2M dir/big"), copy("dir", "d")),
        refused(
            DENIED,
            "guard.max_change_size",
            run("for i in 1 2 3 4; do head -c 900000 /dev/zero > $i; done")),
        refused(DENIED, TOO_LARGE, run(HOLE)),
        refused(CONFLICT, "'hole' is too large", run(HOLE), edit("hole", "x")),
        refused(CONFLICT, "'hole' is too large", run(HOLE), matches("hole", "x")),
        refused(DENIED, TOO_LARGE, run(HOLE), copy("hole", "hole2")),
        refused(DENIED, TOO_LARGE, run(HOLE), chmod("hole")),
        refused(CONFLICT, "too large", run(HOLE), patchEdit("hole", "100644", "x")),
        refused(
            DENIED,
            TOO_LARGE,
            write("x").replace("content: x", "content: " + "a".repeat(100_000)),
            edit("x", "a").replace("replace: x", "replace: " + "a".repeat(100_000))));
  }

  private static String big(int size) {
    return "content: " + "a".repeat(size);
  }

  static Stream<Arguments> whatCommandsLeave() {
    return Stream.of(
        refused(
            DENIED,
            "the path '.GIT/config' leads into a Git directory",
            run("mkdir .GIT && echo > .GIT/config")),
        refused(
            DENIED,
            "the path 'git~1/config' leads into a Git directory",
            run("mkdir git~1 && echo > git~1/config")),
        refused(
            DENIED,
            "the path 'd/.Git/config' leads into a Git directory",
            run("mkdir -p d/.Git && echo > d/.Git/config")),
        refused(DENIED, UP, run("echo > 'a\\..\\b'")),
        refused(DENIED, ABSOLUTE, run("echo > 'C:\\x'")),
        refused(DENIED, "a repository of its own", run(SUBMODULE)),
        refused(DENIED, "a repository of its own", run("mkdir s; echo gitdir: .. > s/.git")),
        refused(
            DENIED,
            "'a\\n[push] pushed' is",
            run("d=\"$(printf 'a\\n[push] pushed')\"; mkdir -p \"$d/.git\"")),
        refused(DENIED, "has more than 250 names", run(DEEP)),
        refused(
            DENIED,
            "has more than 250 names",
            run("mkdir -p $(printf 'd/%.0s' $(seq 300))"),
            copy("d", "e")),
        refused(CONFLICT, "is a file, but has to be a folder", run("mkfifo f"), write("f/x")),
        refused(CONFLICT, "'f' is no file", run("mkfifo f"), edit("f", "x")),
        refused(CONFLICT, "'f' is no file", run("mkfifo f"), matches("f", "x")),
        refused(CONFLICT, "is no regular file", run("mkfifo f"), chmod("f")),
        refused(CONFLICT, "neither file nor folder", run("mkfifo f"), copy("f", "g")),
        refused(CONFLICT, "neither file nor folder", run("mkfifo dir/f"), copy("dir", "d")),
        refused(CONFLICT, "there is no such file", run("mkfifo f"), patchEdit("f", "100644", "x")),
        refused(CONFLICT, "there is no folder 'f'", run("mkfifo f"), runIn("f")),
        refused(
            CONFLICT,
            "'zero' is no file",
            run("mknod zero c 1 5 || mkfifo zero"),
            edit("zero", "x")),
        refused(
            CONFLICT,
            "neither file nor folder",
            run("mknod zero c 1 5 || mkfifo zero"),
            copy("zero", "z")),
        refused(
            FailureKind.TIMEOUT,
            "takes too long",
            write("a").replace("content: x", many()),
            matches("a", "(a|b|ab)*c")));
  }

  private static String many() {
    return "content: " + "ab".repeat(100_000);
  }

  private static Arguments refused(FailureKind kind, String piece, String... steps) {
    return Arguments.of(String.join("\n", steps), kind, piece);
  }

  @ParameterizedTest(name = "[{index}] {1} {2}")
  @MethodSource({
    "spellings",
    "linksOfTheRepository",
    "linksThatThePlanMakes",
    "patches",
    "limits",
    "whatCommandsLeave"
  })
  void refusesWhatReachesOut(String steps, FailureKind kind, String piece) throws Exception {
    Map<String, String> before = world.next().look(true);

    TaskOutcome outcome = world.run(steps);

    assertThat(outcome).isInstanceOf(TaskOutcome.Failed.class);
    var failure = ((TaskOutcome.Failed) outcome).failure();
    assertThat(failure.message()).contains(piece);
    assertThat(failure.kind()).as(failure.message()).isEqualTo(kind);
    assertThat(world.look(true)).isEqualTo(before);
    assertThat(world.homeAfter()).isEqualTo(world.homeBefore());
    assertThat(world.left()).isEmpty();
  }

  /** Plans that look hostile and are harmless, and what they commit. */
  static Stream<Arguments> harmless() {
    String link = "ln @OUT/canary.txt hard";
    TreeFile song = TreeFile.of(Canaries.SONG);
    return Stream.of(
        commits(Map.of("hard", TreeFile.of("x")), run(link), write("hard")),
        commits(Map.of("hard", TreeFile.of("the x sings\n")), run(link), edit("hard", "canary")),
        commits(Map.of("hard", TreeFile.executable(Canaries.SONG)), run(link), chmod("hard")),
        commits(
            Map.of("hard", TreeFile.of("changed\n")),
            run(link),
            patchEdit("hard", "100644", "the canary sings")),
        commits(
            Map.of("hard", TreeFile.executable(Canaries.SONG)),
            run(link),
            patchMode("hard", "100644", "100755")),
        commits(Map.of("soft", song), run(link), move("hard", "soft")),
        commits(Map.of("hard", song, "soft", song), run(link), copy("hard", "soft")),
        commits(Map.of("x", TreeFile.of("x")), run(link), delete("hard"), write("x")),
        commits(
            Map.of("x", TreeFile.of("x")),
            run(link),
            patchDelete("hard", "the canary sings"),
            write("x")),
        commits(Map.of("hard", TreeFile.link("x")), run(link), symlink("hard", "x")),
        commits(Map.of("links/abs", TreeFile.of("x")), write("links/abs")),
        commits(Map.of("links/file", TreeFile.of("x")), write("links/file")),
        commits(Map.of("links/file", TreeFile.link("x")), symlink("links/file", "x")),
        commits(Map.of("links/git", TreeFile.of("x")), write("links/git")),
        commits(Map.of("r", TreeFile.link("/")), move("links/root", "r")),
        commits(Map.of("r", TreeFile.link("/")), copy("links/root", "r")),
        commits(Map.of("x", TreeFile.of("x")), delete("links"), write("x")),
        commits(Map.of("x", TreeFile.of("x")), delete("links/root"), write("x")),
        commits(Map.of("r", TreeFile.link("/etc")), patchLink("r", "/etc")),
        commits(Map.of("r", TreeFile.link("/etc")), run("ln -s /etc r")),
        commits(Map.of("links/up/x", TreeFile.of("x")), delete("links/up"), write("links/up/x")),
        commits(Map.of("x", TreeFile.of("x")), write("links/up/x")),
        commits(Map.of("~/.ssh/id", TreeFile.of("x")), write("~/.ssh/id")),
        commits(Map.of("$HOME/x", TreeFile.of("x")), write("$HOME/x")),
        commits(Map.of("%2e%2e/x", TreeFile.of("x")), write("%2e%2e/x")),
        commits(Map.of("-rf", TreeFile.of("x")), write("-rf")),
        commits(Map.of("a\nb", TreeFile.of("\n")), run("echo > \"$(printf 'a\\nb')\"")),
        commits(
            Map.of("x", TreeFile.of("x")), run("mkfifo f .gitignore .gitattributes"), write("x")),
        commits(Map.of("x", TreeFile.of("x")), run("mkfifo f"), delete("f"), write("x")),
        commits(Map.of("x", TreeFile.of("x")), run("rm -r .git; ln -s @OUT .git"), write("x")),
        commits(
            Map.of("x", TreeFile.of("x")),
            run(
                "h=.git/hooks/pre-push; mkdir -p .git/hooks; echo 'touch @OUT/x' > $h; chmod +x $h"),
            run("git config core.hooksPath .git/hooks; git config url.file:///x.insteadOf file:"),
            run("cp .git/hooks/pre-push .git/hooks/pre-commit; git config core.worktree @OUT"),
            write("x")),
        commits(Map.of("x", TreeFile.of("x")), run(DEEP), delete("d"), write("x")),
        commits(
            Map.of("ro/d/f", TreeFile.of("\n"), "x", TreeFile.of("x")),
            run("mkdir -p ro/d; echo > ro/d/f; chmod -R a-w ro"),
            write("x")),
        commits(
            Map.of("x", TreeFile.of("x")),
            run("mkdir -p o/d; echo > o/d/f; chmod a-w o/d"),
            delete("o"),
            write("x")),
        commits(
            Map.of(".gitignore", TreeFile.of("no\n")),
            run("mkdir -p no/d; echo > no/d/f; chmod 0 no/d; chmod 0 no; echo no > .gitignore")));
  }

  private static Arguments commits(Map<String, TreeFile> files, String... steps) {
    return Arguments.of(String.join("\n", steps), files);
  }

  @ParameterizedTest(name = "[{index}] {1}")
  @MethodSource("harmless")
  void leavesAloneWhatIsNotOfTheWorkspace(String steps, Map<String, TreeFile> committed)
      throws Exception {
    Map<String, String> before = world.next().look(false);

    TaskOutcome outcome = world.run(steps);

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(world.pushed()).isEqualTo(committed);
    assertThat(world.look(false)).isEqualTo(before);
    assertThat(world.homeAfter()).isEqualTo(world.homeBefore());
    assertThat(world.left()).isEmpty();
  }
}
