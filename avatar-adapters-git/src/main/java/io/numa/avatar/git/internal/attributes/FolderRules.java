package io.numa.avatar.git.internal.attributes;

import io.numa.avatar.git.internal.support.SmallFile;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.workspace.Entry;
import io.numa.avatar.workspace.Folder;
import io.numa.avatar.workspace.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the {@code .gitignore} and {@code .gitattributes} files, from the tree's root down
 * to one folder. No other such file is read. No filter is ever run.
 */
public final class FolderRules {
  private final @Nullable FolderRules parent;
  private final PatternBudget budget;
  private final int prefix;
  private final IgnoreRules ignore;
  private final AttributeRules attributes;

  /** Whether this folder or one above has any rule for attributes. */
  private final boolean attributed;

  /** Whether one of these rules is about a filter. */
  private final boolean filters;

  /** Reads a file of a folder, without following a link; empty if there is no such file. */
  @FunctionalInterface
  public interface Source {
    SmallFile read(String name) throws IOException;
  }

  /**
   * Reads the rules of a folder. A folder without parent begins a new {@link PatternBudget}.
   *
   * @param path the folder's path in the tree; empty for the root, else ending in a slash
   * @throws PortException of kind {@code DENIED} if the budget is spent
   */
  public FolderRules(@Nullable FolderRules parent, Source folder, String path) throws IOException {
    this(parent, folder, path, parent == null ? new PatternBudget() : parent.budget);
  }

  FolderRules(@Nullable FolderRules parent, Source folder, String path, PatternBudget budget)
      throws IOException {
    this.parent = parent;
    this.budget = budget;
    this.prefix = PathPattern.bytes(path).length();
    this.ignore = new IgnoreRules(folder.read(Constants.DOT_GIT_IGNORE), budget);
    SmallFile file = folder.read(Constants.DOT_GIT_ATTRIBUTES);
    this.attributes =
        parent == null ? AttributeRules.ofRoot(file, budget) : parent.attributes.beneath(file);
    this.attributed = (parent != null && parent.attributed) || !attributes.isEmpty();
    this.filters = (parent != null && parent.filters) || attributes.mentionsFilter();
  }

  /** Reads the files of an open folder. */
  public static Source in(Folder folder) {
    return name -> {
      Path file = Path.of(name);
      if (folder.find(file).filter(BasicFileAttributes::isRegularFile).isEmpty()) {
        return SmallFile.EMPTY;
      }
      try (InputStream in = folder.read(file)) {
        return SmallFile.read(name, in);
      }
    };
  }

  private static Source in(Tree tree, String folder) {
    return name -> {
      WorkspacePath file = file(folder, name);
      if (tree.find(file).filter(Entry::isFile).isEmpty()) {
        return SmallFile.EMPTY;
      }
      try (InputStream in = tree.open(file)) {
        return SmallFile.read(folder + name, in);
      }
    };
  }

  private static WorkspacePath file(String folder, String name) {
    try {
      return WorkspacePath.ofGit(WorkspacePath.encode(folder + name));
    } catch (IllegalArgumentException e) {
      String of = WorkspacePath.shown(folder);
      throw new PortException(
          FailureKind.DENIED,
          "could not read the rules of the folder '" + of + "': " + e.getMessage(),
          e);
    }
  }

  /**
   * Reads the rules that apply to a path of a tree.
   *
   * @param budget the same one for all paths of one piece of work
   * @throws PortException of kind {@code DENIED} if the path is so long that its folder has no room
   *     for files with rules, or if the budget is spent
   */
  public static FolderRules of(Tree tree, WorkspacePath path, PatternBudget budget)
      throws IOException {
    var rules = new FolderRules(null, in(tree, ""), "", budget);
    var prefix = new StringBuilder();
    for (String name : path.segments().subList(0, path.segments().size() - 1)) {
      String folder = prefix.append(name).append('/').toString();
      rules = new FolderRules(rules, in(tree, folder), folder);
    }
    return rules;
  }

  /** Whether an untracked path in this folder is ignored. */
  public boolean ignores(String path, boolean folder) {
    String bytes = PathPattern.bytes(path);
    for (FolderRules rules = this; rules != null; rules = rules.parent) {
      Optional<Boolean> ignored = rules.ignore.ignores(bytes.substring(rules.prefix), folder);
      if (ignored.isPresent()) {
        return ignored.get();
      }
    }
    return false;
  }

  /** Whether LFS keeps a file's content. */
  public boolean isLfs(String path) {
    AttributeValue filter = filters ? attributes(path).get("filter") : null;
    return filter != null && filter.is("lfs");
  }

  /**
   * The conversion of a file.
   *
   * @throws PortException of kind {@code DENIED} if its attributes make no sense
   */
  public Conversion conversion(String path) {
    return attributed ? Conversion.of(path, attributes(path)) : Conversion.none(path);
  }

  /** Looks first in the deepest file. */
  private Map<String, AttributeValue> attributes(String path) {
    Map<String, AttributeValue> known = new HashMap<>();
    String bytes = PathPattern.bytes(path);
    for (FolderRules rules = this; rules != null; rules = rules.parent) {
      rules.attributes.addTo(known, bytes.substring(rules.prefix));
    }
    return known;
  }
}
