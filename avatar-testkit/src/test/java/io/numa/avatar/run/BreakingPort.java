package io.numa.avatar.run;

import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.port.ProjectSettings;
import io.numa.avatar.port.Repository;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.port.WorkingCopy;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Ports that work, but for one method. */
record BreakingPort(String method, RuntimeException failure) {
  Ports in(Ports ports) {
    Repository repository =
        (checkout, progress) ->
            wrap(WorkingCopy.class, ports.repository().checkOut(checkout, progress));
    return new Ports(
        wrap(TaskSource.class, ports.tasks()),
        wrap(StatusReporter.class, ports.reporter()),
        wrap(Repository.class, repository),
        wrap(CommandRunner.class, ports.commands()),
        wrap(ProjectSettings.class, ports.projectSettings()));
  }

  private <T> T wrap(Class<T> port, T real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, called, arguments) -> {
              if ((port.getSimpleName() + "." + called.getName()).equals(method)) {
                throw failure;
              }
              try {
                return called.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
