package io.numa.avatar.testkit.junit;

import io.numa.avatar.testkit.InMemoryBackend;
import io.numa.avatar.testkit.InMemoryRepository;
import io.numa.avatar.testkit.ManualClock;
import io.numa.avatar.testkit.ScriptedCommandRunner;
import io.numa.avatar.testkit.server.GitServer;
import io.numa.avatar.testkit.server.NumaBackend;
import io.numa.avatar.testkit.server.NumaV1Backend;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The fakes of one test. Not thread-safe. */
final class World implements AutoCloseable {
  private final ManualClock clock = ManualClock.at("2025-08-03T10:00:00Z");
  private final InMemoryBackend backend = new InMemoryBackend();
  private final InMemoryRepository repository =
      new InMemoryRepository("Avatar", "avatar@example.com", clock);
  private final ScriptedCommandRunner commands = new ScriptedCommandRunner();
  private @Nullable NumaBackend numa;
  private @Nullable NumaV1Backend v1;
  private @Nullable GitServer git;
  private @Nullable ScratchFolder folder;

  /** Returns the fake of this type; starts it if it has not started yet. */
  Object part(Class<?> type) {
    try {
      if (type == NumaBackend.class) {
        return numa();
      }
      if (type == NumaV1Backend.class) {
        return v1();
      }
      if (type == GitServer.class) {
        return git();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not start a " + type.getSimpleName() + ": " + e, e);
    }
    for (Object part : new Object[] {clock, backend, repository, commands}) {
      if (type.isInstance(part)) {
        return part;
      }
    }
    throw new IllegalArgumentException("there is no " + type.getName() + " in this world");
  }

  private NumaBackend numa() throws IOException {
    NumaBackend started = numa == null ? NumaBackend.start() : numa;
    numa = started;
    return started;
  }

  private NumaV1Backend v1() throws IOException {
    NumaV1Backend started = v1 == null ? NumaV1Backend.start() : v1;
    v1 = started;
    return started;
  }

  private GitServer git() throws IOException {
    GitServer started = git;
    if (started == null) {
      var made = ScratchFolder.create("avatar-git");
      folder = made;
      started = GitServer.start(made.path());
      git = started;
    }
    return started;
  }

  @Override
  public void close() throws IOException {
    if (numa != null) {
      numa.close();
    }
    if (v1 != null) {
      v1.close();
    }
    if (git != null) {
      git.close();
    }
    if (folder != null) {
      folder.close();
    }
  }
}
