package io.numa.avatar.process.sandbox;

import java.nio.file.Path;
import java.util.List;

/**
 * What a sandbox is to hold.
 *
 * @param mounts what can be seen besides {@code /proc} and {@code /dev}
 * @param directory where the command starts
 */
record Walls(List<Mount> mounts, Path directory, Network network, SandboxLimits limits) {
  Walls {
    mounts = List.copyOf(mounts);
  }
}
