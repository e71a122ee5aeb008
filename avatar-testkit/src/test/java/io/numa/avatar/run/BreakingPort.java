package io.numa.avatar.run;

import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.port.ProjectSettings;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.port.TestDetection;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.repository.BaseCommit;
import io.numa.avatar.port.repository.ChangeRequests;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.Replayed;
import io.numa.avatar.port.repository.Repository;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports that work, except for one method, which fails.
 *
 * @param call the number of the failing call of the method, from 1; 0 if all calls fail
 */
record BreakingPort(String method, int call, Throwable failure, AtomicInteger calls) {
  BreakingPort(String method, Throwable failure) {
    this(method, 0, failure);
  }

  BreakingPort(String method, int call, Throwable failure) {
    this(method, call, failure, new AtomicInteger());
  }

  Ports in(Ports ports) {
    return Ports.of(
            wrap(TaskSource.class, ports.tasks()),
            wrap(StatusReporter.class, ports.reporter()),
            wrap(Repository.class, ports.repository()),
            wrap(CommandRunner.class, ports.commands()))
        .withProjectSettings(wrap(ProjectSettings.class, ports.projectSettings()))
        .withTestDetection(wrap(TestDetection.class, ports.testDetection()))
        .withJournal(wrap(Journal.class, ports.journal()))
        .withChangeRequests(wrap(ChangeRequests.class, ports.changeRequests()));
  }

  private <T> T wrap(Class<T> port, T real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, called, arguments) -> {
              if (breaks(port.getSimpleName() + "." + called.getName())) {
                throw failure;
              }
              try {
                return wrapState(called.invoke(real, arguments), this::wrap);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  /** Wraps a port. */
  @FunctionalInterface
  interface Wrapper {
    <T> T wrap(Class<T> port, T real);
  }

  /** Wraps a result that is a state of a working copy. */
  static Object wrapState(Object result, Wrapper wrapper) {
    if (result instanceof WorkingCopy copy) {
      return wrapper.wrap(WorkingCopy.class, copy);
    }
    if (result instanceof BaseCommit base) {
      return wrapper.wrap(BaseCommit.class, base);
    }
    if (result instanceof StagedChange change) {
      return wrapper.wrap(StagedChange.class, change);
    }
    if (result instanceof LocalCommit commit) {
      return wrapper.wrap(LocalCommit.class, commit);
    }
    return result instanceof Replayed.Staged staged
        ? new Replayed.Staged(staged.tip(), wrapper.wrap(StagedChange.class, staged.change()))
        : result;
  }

  private boolean breaks(String called) {
    return called.equals(method) && (call == 0 || calls.incrementAndGet() == call);
  }
}
