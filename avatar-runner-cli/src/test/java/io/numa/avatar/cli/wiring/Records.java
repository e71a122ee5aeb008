package io.numa.avatar.cli.wiring;

import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.task.AttemptId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names the records of a journal as they are written. A record is named by its method; a status
 * also by its place among those of its attempt: {@code announce claim}, {@code announce push}
 * (after the stage that begins), {@code announce last}, {@code told claim}, {@code told last}.
 */
final class Records {
  private record Status(AttemptId attempt, int sequence) {}

  private final Journal journal;
  private final Halt halt;
  private final Set<Status> lastOnes = ConcurrentHashMap.newKeySet();

  private Records(Journal journal, Halt halt) {
    this.journal = journal;
    this.halt = halt;
  }

  /** A journal that passes {@code halt} before and after each record of {@code journal}. */
  static Journal watch(Journal journal, Halt halt) {
    var records = new Records(journal, halt);
    return (Journal)
        Proxy.newProxyInstance(
            Journal.class.getClassLoader(),
            new Class<?>[] {Journal.class},
            (proxy, method, arguments) -> records.call(method, arguments));
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    String record = name(method, arguments);
    halt.pass("before", record);
    try {
      Object result = method.invoke(journal, arguments);
      halt.pass("after", record);
      return result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private String name(Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "announce" -> "announce " + word((AttemptId) arguments[0], (StatusUpdate) arguments[1]);
      case "told" -> "told " + word(new Status((AttemptId) arguments[0], (int) arguments[1]));
      default -> method.getName();
    };
  }

  private String word(AttemptId attempt, StatusUpdate update) {
    if (update.finishedAt().isPresent()) {
      lastOnes.add(new Status(attempt, update.sequence()));
      return "last";
    }
    return update.sequence() == 1 ? "claim" : update.stage().word();
  }

  private String word(Status status) {
    if (lastOnes.contains(status)) {
      return "last";
    }
    return status.sequence() == 1 ? "claim" : "between";
  }
}
