package io.numa.avatar.git.internal.support;

import java.io.File;
import java.io.OutputStream;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.FS_POSIX;
import org.eclipse.jgit.util.ProcessResult;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the user's and the machine's Git settings away from JGit.
 *
 * <p>JGit reads them through one {@link SystemReader} for the whole process, so this affects every
 * user of JGit in the process. The reader is installed once, on first use of this adapter. It
 * delegates everything except the settings to the reader that it replaces.
 */
public final class JGitIsolation {
  /** Runs no hooks, even if {@code core.hooksPath} names some. */
  public static final FS FILES = new HooklessFiles();

  static {
    SystemReader.setInstance(new SettinglessReader(SystemReader.getInstance()));
  }

  private JGitIsolation() {}

  /** Installs the reader when the class is initialised, so the first call has this effect. */
  public static void install() {
    if (!(SystemReader.getInstance() instanceof SettinglessReader)) {
      throw new IllegalStateException(
          "JGit's SystemReader was replaced; user and system configuration would take part");
    }
  }

  private static final class SettinglessReader extends SystemReader.Delegate {
    SettinglessReader(SystemReader replaced) {
      super(replaced);
    }

    /** Hides variables: GIT_SSH would start a program, others would move directories. */
    @Override
    public @Nullable String getenv(String variable) {
      return variable.startsWith("GIT_") ? null : super.getenv(variable);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
      return new NoSettings(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
      return new NoSettings(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
      return new NoSettings(parent, fs);
    }
  }

  /** Settings that are never read or written. */
  private static final class NoSettings extends FileBasedConfig {
    NoSettings(Config parent, FS fs) {
      super(parent, new File("/dev/null"), fs);
    }

    /**
     * Gives a fixed precision of time stamps. JGit would otherwise probe the file system for
     * seconds, and store the result in the user's home. It uses the precision only to detect stale
     * caches.
     */
    @Override
    public String getString(String section, String subsection, String name) {
      return ConfigConstants.CONFIG_FILESYSTEM_SECTION.equals(section)
          ? "10 milliseconds"
          : super.getString(section, subsection, name);
    }

    @Override
    public void load() {}

    @Override
    public void save() {}

    @Override
    public boolean isOutdated() {
      return false;
    }
  }

  private static final class HooklessFiles extends FS_POSIX {
    HooklessFiles() {}

    private HooklessFiles(FS source) {
      super(source);
    }

    @Override
    public FS newInstance() {
      return new HooklessFiles(this);
    }

    @Override
    public @Nullable File findHook(Repository repository, String hookName) {
      return null;
    }

    @Override
    public ProcessResult runHookIfPresent(
        Repository repository,
        String hookName,
        String[] args,
        OutputStream out,
        OutputStream err,
        String input) {
      return new ProcessResult(ProcessResult.Status.NOT_PRESENT);
    }
  }
}
