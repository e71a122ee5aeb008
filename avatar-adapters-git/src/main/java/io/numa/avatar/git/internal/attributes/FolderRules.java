package io.numa.avatar.git.internal.attributes;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.workspace.Entry;
import io.numa.avatar.workspace.Folder;
import io.numa.avatar.workspace.Tree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.attributes.Attributes;
import org.eclipse.jgit.attributes.AttributesNode;
import org.eclipse.jgit.attributes.AttributesRule;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.CoreConfig.EolStreamType;
import org.eclipse.jgit.treewalk.TreeWalk.OperationType;
import org.eclipse.jgit.treewalk.WorkingTreeOptions;
import org.eclipse.jgit.util.io.EolStreamTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the {@code .gitignore} and {@code .gitattributes} files, from the tree's root down
 * to one folder. No other such file is read. Only the attributes for line ends and LFS have an
 * effect; no filter is ever run.
 */
public final class FolderRules {
  private static final WorkingTreeOptions OPTIONS = options();
  public static final byte[] NOTHING = {};

  /** In bytes; Git has the same limit for such a file (attr.c, dir.c). */
  public static final int LARGEST = 100 << 20;

  private final @Nullable FolderRules parent;
  private final int prefix;
  private final IgnoreNode ignore = new IgnoreNode();
  private final AttributesNode attributes = new AttributesNode();
  private final boolean filters;

  /** Reads a file of a folder, without following a link; empty if there is no such file. */
  @FunctionalInterface
  public interface Source {
    byte[] read(String name) throws IOException;
  }

  /**
   * Reads the rules of a folder.
   *
   * @param path the folder's path in the tree; empty for the root, else ending in a slash
   */
  public FolderRules(@Nullable FolderRules parent, Source folder, String path) throws IOException {
    this.parent = parent;
    this.prefix = path.length();
    ignore.parse(new ByteArrayInputStream(folder.read(".gitignore")));
    attributes.parse(new ByteArrayInputStream(folder.read(Constants.DOT_GIT_ATTRIBUTES)));
    this.filters = (parent != null && parent.filters) || mentionsFilter(attributes);
  }

  /** Reads the files of an open folder. */
  public static Source in(Folder folder) {
    return name -> {
      Path file = Path.of(name);
      if (folder.find(file).filter(BasicFileAttributes::isRegularFile).isEmpty()) {
        return NOTHING;
      }
      try (InputStream in = folder.read(file)) {
        return in.readNBytes(LARGEST);
      }
    };
  }

  private static Source in(Tree tree, String folder) {
    return name -> {
      var file = WorkspacePath.ofGit(WorkspacePath.encode(folder + name));
      return tree.find(file).filter(Entry::isFile).isPresent() ? tree.read(file, LARGEST) : NOTHING;
    };
  }

  /** Reads the rules that apply to a path of a tree. */
  public static FolderRules of(Tree tree, WorkspacePath path) throws IOException {
    var rules = new FolderRules(null, in(tree, ""), "");
    var prefix = new StringBuilder();
    for (String name : path.segments().subList(0, path.segments().size() - 1)) {
      String folder = prefix.append(name).append('/').toString();
      rules = new FolderRules(rules, in(tree, folder), folder);
    }
    return rules;
  }

  /**
   * Git's defaults on Linux: files get LF unless an attribute says CRLF, and existing CR LF stays.
   */
  private static WorkingTreeOptions options() {
    var config = new Config();
    config.setString("core", null, "eol", "lf");
    return config.get(WorkingTreeOptions.KEY);
  }

  /** Whether an untracked path in this folder is ignored. */
  public boolean ignores(String path, boolean folder) {
    for (FolderRules rules = this; rules != null; rules = rules.parent) {
      Boolean ignored = rules.ignore.checkIgnored(path.substring(rules.prefix), folder);
      if (ignored != null) {
        return ignored;
      }
    }
    return false;
  }

  private static boolean mentionsFilter(AttributesNode attributes) {
    return attributes.getRules().stream()
        .flatMap(rule -> rule.getAttributes().stream())
        .anyMatch(one -> one.getKey().equals("filter"));
  }

  /** Whether LFS keeps a file's content. */
  public boolean isLfs(String path) {
    return filters && "lfs".equals(attributes(path).getValue("filter"));
  }

  /** The conversion of a file's line ends on commit. */
  public EolStreamType checkIn(String path) {
    Attributes attributes = attributes(path);
    return "auto".equals(attributes.getValue("text"))
        ? EolStreamType.AUTO_LF // JGit treats the file as text if eol is set as well
        : EolStreamTypeUtil.detectStreamType(OperationType.CHECKIN_OP, OPTIONS, attributes);
  }

  /** The conversion of a file's line ends on checkout. */
  public EolStreamType checkOut(String path) {
    return EolStreamTypeUtil.detectStreamType(OperationType.CHECKOUT_OP, OPTIONS, attributes(path));
  }

  /** Looks first in the deepest file, and in it from the last line up. */
  private Attributes attributes(String path) {
    Map<String, Attribute> found = new LinkedHashMap<>();
    for (FolderRules rules = this; rules != null; rules = rules.parent) {
      String relative = path.substring(rules.prefix);
      List<AttributesRule> lines = rules.attributes.getRules();
      for (int i = lines.size() - 1; i >= 0; i--) {
        if (lines.get(i).isMatch(relative, false)) {
          lines.get(i).getAttributes().forEach(one -> add(found, one));
        }
      }
    }
    return new Attributes(found.values().toArray(Attribute[]::new));
  }

  private static void add(Map<String, Attribute> found, Attribute attribute) {
    found.putIfAbsent(attribute.getKey(), attribute);
    if (attribute.getKey().equals("binary") && attribute.getState() == Attribute.State.SET) {
      found.putIfAbsent("text", new Attribute("text", Attribute.State.UNSET));
    }
  }
}
