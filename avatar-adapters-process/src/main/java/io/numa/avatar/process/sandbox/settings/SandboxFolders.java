package io.numa.avatar.process.sandbox.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The folders of this machine that matter to sandboxes; all paths are absolute.
 *
 * @param state where the sandboxes keep the HOME and the caches of each repository; the avatar's
 *     own, and on the same disk as the working trees
 * @param home the HOME of the operator who started the avatar; its secrets stay hidden
 * @param tools further folders that sandboxes may read
 * @param caches further folders that sandboxes may read; what they write there goes to a layer of
 *     the repository's own
 * @param hidden files and folders that no sandbox may see, even inside of the folders above: the
 *     avatar's configuration, state, logs and workspace. Of a site, the tree, the HOME and the
 *     readable folders are visible nevertheless
 */
public record SandboxFolders(
    Path state, Path home, List<Path> tools, List<Path> caches, Set<Path> hidden) {
  public SandboxFolders {
    tools = List.copyOf(tools);
    caches = List.copyOf(caches);
    hidden = Set.copyOf(hidden);
  }

  /** Without further folders. */
  public SandboxFolders(Path state, Path home, Set<Path> hidden) {
    this(state, home, List.of(), List.of(), hidden);
  }

  public SandboxFolders withTools(List<Path> newTools) {
    return new SandboxFolders(state, home, newTools, caches, hidden);
  }

  public SandboxFolders withCaches(List<Path> newCaches) {
    return new SandboxFolders(state, home, tools, newCaches, hidden);
  }
}
