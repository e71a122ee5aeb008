package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.TASK;
import static io.numa.avatar.run.RunWorld.begin;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TaskState;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A status is on the disk before the backend has it, and no stage waits for that. */
class TaskRunnerSyncTest {
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  @TempDir Path folder;

  @Test
  void syncsEachStatusBeforeItIsSent() throws Exception {
    var world = new RunWorld(folder).withATaskForEveryPort();
    Ports real = world.ports(watched(Journal.class, new InMemoryJournal()));
    var ports =
        Ports.of(
                real.tasks(),
                watched(StatusReporter.class, real.reporter()),
                real.repository(),
                real.commands())
            .withTestDetection(real.testDetection())
            .withJournal(real.journal());

    TaskOutcome outcome = begin(world.runner(ports, RunListener.NONE), TASK).outcome();

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(calls).filteredOn(call -> call.startsWith("report ")).hasSizeGreaterThan(5);
    assertThat(sentUnsynced()).containsExactly("1"); // the claim, before which nothing is known
  }

  private Set<String> sentUnsynced() {
    Set<String> synced = new HashSet<>();
    Set<String> noted = new HashSet<>();
    Set<String> early = new HashSet<>();
    for (String call : calls) {
      String number = call.replaceAll(".* ", "");
      if (call.startsWith("announce ")) {
        noted.add(number);
      } else if (call.startsWith("sync")) {
        synced.addAll(noted);
      } else if (call.startsWith("report ") && !synced.contains(number)) {
        early.add(number);
      }
    }
    return early;
  }

  /** Notes its calls, each before it is made; a sync, after. */
  private <T> T watched(Class<T> port, T real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, called, arguments) -> {
              boolean sync = called.getName().equals("sync");
              if (!sync) {
                calls.add(called.getName() + " " + number(arguments));
              }
              try {
                return called.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                if (sync) {
                  calls.add("sync");
                }
              }
            }));
  }

  private static String number(Object... arguments) {
    return arguments != null && arguments.length > 1 && arguments[1] instanceof StatusUpdate update
        ? String.valueOf(update.sequence())
        : "";
  }

  @Test
  void sendsWhatADiskDoesNotSync() throws Exception {
    var world = new RunWorld(folder).withATaskForEveryPort();
    var failure = new PortException(FailureKind.UNAVAILABLE, "the disk failed");
    var ports = new BreakingPort("Journal.sync", failure).in(world.ports());

    TaskOutcome outcome = begin(world.runner(ports, RunListener.NONE), TASK).outcome();

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(world.backend.states(TASK)).endsWith(TaskState.DONE);
  }
}
