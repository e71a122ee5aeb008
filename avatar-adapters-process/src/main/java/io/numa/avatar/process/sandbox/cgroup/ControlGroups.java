package io.numa.avatar.process.sandbox.cgroup;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the avatar can make control groups of version 2. Safe for use by several threads. */
public sealed interface ControlGroups {
  /**
   * They can be made, and limit the processes in them.
   *
   * @param folder the group to make them in
   */
  record Ready(Path folder) implements ControlGroups {
    /**
     * Makes a group; the caller must end it.
     *
     * @param processes how many processes and threads may live at once
     * @param memory bytes of all processes together
     */
    public ControlGroup make(int processes, long memory) throws IOException {
      return ControlGroup.make(GroupFiles.KERNEL, folder, processes, memory);
    }

    @Override
    public Optional<Ready> ready() {
      return Optional.of(this);
    }

    @Override
    public Optional<String> lack() {
      return Optional.empty();
    }
  }

  /**
   * They cannot be made here.
   *
   * @param reason fit to show to the operator
   */
  record Missing(String reason) implements ControlGroups {
    @Override
    public Optional<Ready> ready() {
      return Optional.empty();
    }

    @Override
    public Optional<String> lack() {
      return Optional.of(reason);
    }
  }

  /** What makes the groups, if that is possible. */
  Optional<Ready> ready();

  /** Why they cannot be made, if so. */
  Optional<String> lack();

  /**
   * Takes the group that this process is in, if the machine left it to the avatar: moves the
   * avatar's own processes to a group below. Groups of avatars that have ended are removed. Blocks
   * for some milliseconds; where groups cannot be made, all is as it was afterwards.
   *
   * @param helper the program by which processes join a group
   */
  static ControlGroups find(Path helper) {
    try {
      Path self = Path.of("/proc/self");
      Place place =
          Place.of(
                  Files.readString(self.resolve("cgroup")),
                  Files.readString(self.resolve("mountinfo")))
              .orElseThrow(() -> new IOException("this machine shows no cgroup v2"));
      boolean byRoot = Files.getAttribute(self, "unix:uid").equals(0);
      Path folder =
          new Delegation(GroupFiles.KERNEL, own(), byRoot).take(place, new HelperTrial(helper));
      ControlGroup.removeAbandoned(GroupFiles.KERNEL, folder);
      return new Ready(folder);
    } catch (IOException | UnsupportedOperationException e) {
      return new Missing(reason(e));
    }
  }

  private static Set<Long> own() {
    ProcessHandle avatar = ProcessHandle.current();
    return Stream.concat(Stream.of(avatar), avatar.descendants())
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }

  private static String reason(Exception e) {
    return e instanceof FileSystemException file
        ? "'" + file.getFile() + "' cannot be changed: " + why(file)
        : String.valueOf(e.getMessage());
  }

  private static String why(FileSystemException e) {
    return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
  }
}
