package io.numa.avatar.process.sandbox.cgroup;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a sandbox's group.
 *
 * @param avatar the process that made it
 */
record GroupName(long avatar, int number) {
  private static final Pattern TEXT = Pattern.compile("sandbox-(\\d{1,10})-(\\d{1,9})");

  static GroupName own(int number) {
    return new GroupName(ProcessHandle.current().pid(), number);
  }

  static Optional<GroupName> of(Path group) {
    Matcher matcher = TEXT.matcher(group.getFileName().toString());
    return matcher.matches()
        ? Optional.of(
            new GroupName(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  String text() {
    return "sandbox-" + avatar + "-" + number;
  }

  /** Whether the avatar that made it has ended. */
  boolean isAbandoned() {
    return ProcessHandle.of(avatar).isEmpty();
  }
}
