package io.numa.avatar.run;

import io.numa.avatar.port.journal.Journal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Creates journals that claim to be durable. */
public final class Lasting {
  private Lasting() {}

  /**
   * A journal in memory that says it is durable. It outlives a runner, which stands for a process.
   */
  public static Journal journal() {
    var memory = new InMemoryJournal();
    return (Journal)
        Proxy.newProxyInstance(
            Journal.class.getClassLoader(),
            new Class<?>[] {Journal.class},
            (proxy, called, arguments) -> {
              if (called.getName().equals("durable")) {
                return true;
              }
              try {
                return called.invoke(memory, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
