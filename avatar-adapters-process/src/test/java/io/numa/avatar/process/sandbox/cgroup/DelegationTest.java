package io.numa.avatar.process.sandbox.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is taken and what is left alone, by the kernel's rules. */
class DelegationTest {
  private static final long OWN = ProcessHandle.current().pid();
  private static final long CHILD = OWN + 1;
  private static final long STRANGER = OWN + 2;
  private static final Path TOP = Path.of("/sys/fs/cgroup");
  private static final Path SERVICE = TOP.resolve("service");

  private final SimulatedKernel kernel = new SimulatedKernel(TOP);

  @BeforeEach
  void startService() throws IOException {
    kernel.add(SERVICE, OWN, CHILD);
  }

  @Test
  void movesTheAvatarAndWhatItStarted() throws IOException {
    assertThat(take(false, service())).isEqualTo(SERVICE);

    assertThat(kernel.processes(SERVICE)).isEmpty();
    assertThat(kernel.processes(SERVICE.resolve("avatar"))).containsExactlyInAnyOrder(OWN, CHILD);
    assertThat(kernel.read(SERVICE.resolve("cgroup.subtree_control"))).isEqualTo("memory pids\n");
  }

  @Test
  void takesTheSameGroupAgain() throws IOException {
    Path first = take(false, service());
    String state = kernel.state();

    assertThat(take(false, place("service/avatar"))).isEqualTo(first);
    assertThat(kernel.state()).isEqualTo(state);
  }

  @Test
  void takesAGroupThatHappensToHaveTheNameOfTheAvatars() throws IOException {
    Path group = kernel.add(TOP.resolve("avatar"), OWN);

    assertThat(take(false, place("avatar"))).isEqualTo(group);
  }

  @Test
  void takesTheTopOfAContainerAsRoot() throws IOException {
    assertThat(take(true, new Place(SERVICE, Path.of("/")))).isEqualTo(SERVICE);
  }

  @Test
  void takesWhatSystemdLeavesToRoot() throws IOException {
    kernel.marked.add(SERVICE);

    assertThat(take(true, service())).isEqualTo(SERVICE);
  }

  @Test
  void leavesAGroupThatRootCouldChangeButWasNotGiven() {
    assertLeft("Delegate=yes", true, service());
  }

  @Test
  void leavesTheMachinesTopmostGroup() {
    assertLeft("Delegate=yes", true, new Place(TOP, Path.of("/")));
  }

  @Test
  void leavesAGroupWithOtherProcesses() {
    kernel.processes(SERVICE).add(STRANGER);

    assertLeft("other processes", false, service());
  }

  @Test
  void leavesAGroupThatCannotBeWritten() {
    kernel.readOnly.add(SERVICE);

    assertLeft("service", false, service());
  }

  @Test
  void leavesAGroupWithoutTheControllers() throws IOException {
    Path inner = kernel.add(SERVICE.resolve("inner"));

    assertLeft("no control of memory and pids", false, new Place(inner, Path.of("/service/inner")));
  }

  @Test
  void undoesAllWhereTheTrialFails() {
    String before = kernel.state();

    assertThatThrownBy(() -> delegation(false).take(service(), DelegationTest::fail))
        .hasMessage("no limits")
        .hasNoSuppressedExceptions();
    assertThat(kernel.state()).isEqualTo(before);
  }

  @Test
  void leavesTheProcessesOfOthersInAGroupThatWasThere() throws IOException {
    kernel.add(SERVICE.resolve("avatar"), STRANGER);
    String before = kernel.state();

    assertThatThrownBy(() -> delegation(false).take(service(), DelegationTest::fail))
        .hasMessage("no limits");
    assertThat(kernel.state()).isEqualTo(before);
  }

  @Test
  void makesAndEndsTheGroupOfASandbox() throws IOException {
    Path within = take(false, service());
    String before = kernel.state();
    ControlGroup group = ControlGroup.make(kernel, within, 512, 1L << 32);

    assertThat(kernel.read(group.folder().resolve("pids.max"))).isEqualTo("512");
    assertThat(kernel.read(group.folder().resolve("memory.max"))).isEqualTo("4294967296");
    assertThat(kernel.read(group.folder().resolve("memory.oom.group"))).isEqualTo("1");
    kernel.write(group.folder().resolve("cgroup.procs"), Long.toString(STRANGER));
    group.end();
    assertThat(kernel.state()).isEqualTo(before);
  }

  @Test
  void removesTheGroupsOfAvatarsThatHaveEnded() throws IOException {
    Path ended = kernel.add(SERVICE.resolve("sandbox-2147483647-1"), STRANGER);
    Path running = kernel.add(SERVICE.resolve("sandbox-" + OWN + "-999"));
    Path other = kernel.add(SERVICE.resolve("sandbox-of-others"));

    ControlGroup.removeAbandoned(kernel, SERVICE);

    assertThat(kernel.children(SERVICE)).contains(running, other).doesNotContain(ended);
  }

  private void assertLeft(String reason, boolean byRoot, Place place) {
    String before = kernel.state();
    assertThatThrownBy(() -> take(byRoot, place))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(reason);
    assertThat(kernel.state()).isEqualTo(before);
  }

  private Path take(boolean byRoot, Place place) throws IOException {
    return delegation(byRoot)
        .take(place, group -> ControlGroup.make(kernel, group, 1, 1 << 20).end());
  }

  private Delegation delegation(boolean byRoot) {
    return new Delegation(kernel, Set.of(OWN, CHILD), byRoot);
  }

  private static void fail(Path group) throws IOException {
    throw new IOException("no limits");
  }

  private static Place service() {
    return place("service");
  }

  private static Place place(String path) {
    return new Place(TOP.resolve(path), Path.of("/").resolve(path));
  }
}
