package io.numa.avatar.process.sandbox;

import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.task.AttemptId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command that a sandbox is to hold.
 *
 * @param owner the attempt that is told which hosts were refused
 * @param directory where it starts; absolute
 * @param command begins with the absolute path of its program
 * @param inherited the variables that come from the avatar; those that make no sense inside are
 *     changed
 * @param own the variables of the command itself; they stay as they are
 * @param hiddenFolders the real paths of folders that are to be empty
 * @param hiddenFiles the real paths of files that are to have no content
 * @param waits whether it starts when its sandbox gets a byte on the standard input; only where
 *     {@link LocalSandboxes#canWait}
 */
public record SandboxRequest(
    SandboxSite site,
    Optional<AttemptId> owner,
    Path directory,
    List<String> command,
    Map<String, String> inherited,
    Map<String, String> own,
    List<Path> hiddenFolders,
    List<Path> hiddenFiles,
    boolean waits) {
  public SandboxRequest {
    command = List.copyOf(command);
    inherited = Map.copyOf(inherited);
    own = Map.copyOf(own);
    hiddenFolders = List.copyOf(hiddenFolders);
    hiddenFiles = List.copyOf(hiddenFiles);
  }
}
