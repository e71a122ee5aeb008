package io.numa.avatar.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.numa.avatar.plan.CommandLine.Shell;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.process.ProcessRequest;
import io.numa.avatar.process.Hiding.ByMounts;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests what a process sees of paths that are hidden from it. */
@EnabledOnOs(OS.LINUX)
class HidingTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private static final List<String> STRANGE_NAMES =
      List.of(
          "a blank",
          "-rf",
          "--",
          "new\nline",
          "quote'\"`$(id)",
          "back\\slash\\040",
          "tab\t",
          "ret\r",
          "#",
          "*",
          "ümläut 世界 🚀",
          "a,b:c=d",
          " ",
          "\n");

  private final Transcript output = new Transcript();
  @TempDir Path temp;
  private Path tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = Files.createDirectory(temp.resolve("tree"));
  }

  @ParameterizedTest
  @EnumSource(ProcessControl.class)
  void hidesAtEveryLevelInEveryWay(ProcessControl level) throws Exception {
    Path secret = write(".agent/deep/settings.json", "evil");
    write(".env", "URL=evil");
    write("README.md", "good");

    int ways = 0;
    for (List<Path> tools : List.of(Containment.TOOL_FOLDERS, bubblewrapAlone())) {
      var starter = starter(level, tools);
      assumeThat(starter.control()).isEqualTo(level);
      for (Hiding way : ways(level, tools)) {
        var seen =
            run(
                starter,
                way,
                "find . -type f | xargs cat; id -u; ls -d /proc/fs/f*",
                ".agent",
                ".env");

        assertThat(seen).as("%s by %s", level, way).isEqualTo("good" + uid() + "\n");
        ways++;
      }
    }
    assertThat(secret).hasContent("evil");
    assumeThat(ways).as("ways").isEqualTo(level == ProcessControl.PID_NAMESPACE ? 3 : 2);
  }

  @Test
  void cannotBeUndoneInAUserNamespace() throws Exception {
    write(".agent/settings.json", "evil");
    Hiding way = asUser();

    var seen =
        run(
            starter(ProcessControl.PID_NAMESPACE, Containment.TOOL_FOLDERS),
            way,
            "umount .agent || echo refused; unshare -r -m umount .agent || echo refused; ls -A .agent",
            ".agent");

    assertThat(seen).isEqualTo("refused\nrefused\n");
  }

  @Test
  void hidesFilesAndFoldersOfEveryName() throws Exception {
    assumeThat(System.getProperty("sun.jnu.encoding")).isEqualTo("UTF-8");
    var hidden = new HashSet<String>();
    for (String name : STRANGE_NAMES) {
      write("files/" + name, "evil");
      hidden.add("files/" + name);
      write("folders/" + name + "/" + name, "evil");
      hidden.add("folders/" + name);
    }

    var seen =
        run(
            "find . -type f -size +0; find files -type f -size 0 | wc -l; find folders -type f",
            hidden.toArray(String[]::new));

    long lines =
        STRANGE_NAMES.size() + STRANGE_NAMES.stream().filter(n -> n.contains("\n")).count();
    assertThat(seen).isEqualTo(lines + "\n");
  }

  @Test
  void ignoresWhatIsMissing() throws Exception {
    assertThat(run("mkdir .agent && echo own >.agent/file && cat .agent/file", ".agent", "no/such"))
        .isEqualTo("own\n");
  }

  @Test
  void hidesAFolderOnceThatIsNamedWithItsContent() throws Exception {
    write("a/b/c", "evil");
    write("a-b", "evil");
    write("a/d", "evil");

    assertThat(run("ls -A a; cat a-b; ls", "a/b/c", "a/b", "a", "a-b", "a/d"))
        .isEqualTo("a\na-b\n");
  }

  @Test
  void hidesHundreds() throws Exception {
    var names = new HashSet<String>();
    for (int i = 0; i < 300; i++) {
      names.add("packages/" + i + "/.env");
      write("packages/" + i + "/.env", "evil");
    }

    assertThat(run("cat packages/*/.env; echo end", names.toArray(String[]::new)))
        .isEqualTo("end\n");
  }

  @Test
  void refusesMoreThanTheSystemTakes() throws Exception {
    var folder = ("long".repeat(50) + "/").repeat(17);
    var names = new HashSet<String>();
    for (int i = 0; i < 320; i++) {
      names.add(folder + i);
      write(folder + i, "evil");
    }

    assertDenied(names.toArray(String[]::new)).hasMessageEndingWith("they are too many");
  }

  @Test
  void hidesWhatALinkLeadsToInTheTree() throws Exception {
    write("config/agent/settings.json", "evil");
    write("config/env", "evil");
    Files.createSymbolicLink(tree.resolve(".agent"), Path.of("config/agent"));
    Files.createSymbolicLink(tree.resolve(".env"), tree.resolve("config/env"));

    assertThat(run("ls -A .agent config/agent; cat .env config/env; ls config", ".agent", ".env"))
        .isEqualTo(".agent:\n\nconfig/agent:\nagent\nenv\n");
  }

  @Test
  void neverMountsThroughALinkThatLeadsOut() throws Exception {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Files.createSymbolicLink(tree.resolve("absolute"), outside);
    Files.createSymbolicLink(tree.resolve("relative"), Path.of("../outside"));
    Files.createSymbolicLink(tree.resolve("chain"), Path.of("relative"));
    Files.createSymbolicLink(tree.resolve("itself"), Path.of("."));
    Files.createSymbolicLink(tree.resolve("parent"), Path.of(".."));
    Files.createSymbolicLink(tree.resolve("loop"), Path.of("loop"));
    Files.createDirectory(outside.resolve("below"));

    for (String link :
        List.of(
            "absolute", "relative", "chain", "itself", "parent", "loop", "absolute/below", ".")) {
      assertDenied(link).hasMessageStartingWith("could not hide '" + tree.resolve(link));
    }
  }

  @Test
  void ignoresALinkThatLeadsToNothing() throws Exception {
    Files.createSymbolicLink(tree.resolve(".env"), Path.of("/run/no/such/secrets"));

    assertThat(run("echo works", ".env")).isEqualTo("works\n");
  }

  /** A link that leads to nothing for the avatar, as it means another folder for each process. */
  @Test
  void findsOutThatALinkMeansAnotherPlaceForTheProcess() throws Exception {
    write("evil/settings.json", "evil");
    Files.createSymbolicLink(tree.resolve(".agent"), Path.of("/proc/self/cwd/evil"));

    assertDenied(".agent").hasMessageContaining("is not empty");
  }

  @Test
  void startsNothingWhereTheMountDidNotHelp() throws Exception {
    write(".agent/settings.json", "evil");
    var lazy =
        new ByMounts(
            List.of("/usr/bin/unshare", "--mount", "--"), List.of(), lazyMount(), "/bin/umount");

    assertThatThrownBy(
            () ->
                run(
                    starter(ProcessControl.COOKIE, Containment.TOOL_FOLDERS),
                    lazy,
                    "echo ran >ran",
                    ".agent"))
        .hasMessageContaining("'" + tree.resolve(".agent") + "' is not empty");
    assertThat(tree.resolve("ran")).doesNotExist();
  }

  @Test
  void findsOutThatNothingCanBeHidden() throws Exception {
    var tools = List.of(Files.createDirectory(temp.resolve("tools")));
    assertThat(starter(ProcessControl.PID_NAMESPACE, tools).findHiding()).isEmpty();
    Files.copy(Path.of("/usr/bin/unshare"), tools.get(0).resolve("unshare"));
    Files.copy(Path.of(lazyMount()), tools.get(0).resolve("mount"));
    Files.createSymbolicLink(tools.get(0).resolve("umount"), Path.of("/bin/umount"));
    assertThat(starter(ProcessControl.PID_NAMESPACE, tools).findHiding()).isEmpty();
    write(".env", "evil");

    assertThatThrownBy(
            () ->
                starter(ProcessControl.PID_NAMESPACE, tools)
                    .start(request("true", ".env"), pipes(), Optional::empty))
        .asInstanceOf(type(PortException.class))
        .returns(FailureKind.DENIED, PortException::kind);
  }

  @Test
  void needsNoWayToHideWhatIsMissing() throws Exception {
    var tools = List.of(Files.createDirectory(temp.resolve("tools")));
    ContainedProcess process =
        starter(ProcessControl.PID_NAMESPACE, tools)
            .start(request("echo works", ".agent", ".env"), pipes(), Optional::empty);

    assertThat(process.awaitExit(SOON)).isTrue();
    process.end(Duration.ZERO);
    assertThat(output.text()).isEqualTo("works\n");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertDenied(String... hidden) {
    return assertThatThrownBy(() -> run("echo ran >ran", hidden))
        .satisfies(e -> assertThat(((PortException) e).kind()).isEqualTo(FailureKind.DENIED));
  }

  private String run(String line, String... hidden) throws InterruptedException {
    var starter = starter(ProcessControl.PID_NAMESPACE, Containment.TOOL_FOLDERS);
    Optional<Hiding> way = starter.findHiding();
    assumeThat(way).isPresent();
    return run(starter, way.get(), line, hidden);
  }

  /** Runs a line of shell, and returns its output. */
  private String run(ProcessStarter starter, Hiding way, String line, String... hidden)
      throws InterruptedException {
    int before = output.text().length();
    ContainedProcess process =
        starter.start(request(line, hidden), pipes(), () -> Optional.of(way));
    try {
      assertThat(process.awaitExit(SOON)).isTrue();
      process.awaitOutput();
    } finally {
      process.end(Duration.ZERO);
    }
    return output.text().substring(before);
  }

  private Pipes pipes() {
    return Pipes.twoWay(output, (buffer, offset, length) -> {});
  }

  private ProcessRequest request(String line, String... hidden) {
    Set<Path> paths = Arrays.stream(hidden).map(Path::of).collect(Collectors.toSet());
    return new ProcessRequest(new Shell(line), tree, Map.of(), paths, Optional.empty());
  }

  private Path write(String name, String content) throws IOException {
    Path file = tree.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  /** A program that mounts single paths, and says that it mounted all of a list. */
  private String lazyMount() throws IOException {
    Path script = temp.resolve("mount");
    Files.writeString(script, "#!/bin/sh\n[ \"$1\" = -a ] || exec /bin/mount \"$@\"\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"))
        .toString();
  }

  private List<Path> bubblewrapAlone() throws IOException {
    Path tools = Files.createDirectories(temp.resolve("bubblewrap"));
    for (String name : List.of("setpriv", "setsid", "bwrap")) {
      Path tool = Path.of("/usr/bin", name);
      assumeThat(tool).exists();
      Files.createSymbolicLink(tools.resolve(name), tool);
    }
    return List.of(tools);
  }

  private static List<Hiding> ways(ProcessControl level, List<Path> tools) {
    Containment containment = Containment.strongest(level, tools);
    return Hiding.ways(containment, tools).filter(way -> way.works(containment)).toList();
  }

  private static Hiding asUser() {
    Optional<Hiding> way =
        ways(ProcessControl.PID_NAMESPACE, Containment.TOOL_FOLDERS).stream()
            .filter(mounts -> mounts instanceof ByMounts m && !m.leave().isEmpty())
            .findFirst();
    assumeThat(way).isPresent();
    return way.get();
  }

  private static ProcessStarter starter(ProcessControl level, List<Path> tools) {
    return new ProcessStarter(
        ProcessSettings.defaults(System.getenv()).withStrongest(level), tools, Optional.empty());
  }

  private static String uid() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
  }
}
