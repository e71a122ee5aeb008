package io.numa.avatar.git.internal.worktree;

import io.numa.avatar.git.internal.lfs.Lfs;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.CommandRunner.OutputSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.errors.BinaryBlobException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Reads the lines and files that one tree adds to another. */
public final class AdditionsReader {
  /**
   * In bytes. Of a larger text, all lines are read, as a comparison takes several times its size in
   * memory.
   */
  private static final int LARGEST_TEXT = 16 << 20;

  private final Repository repository;
  private final Lfs lfs;
  private final Function<WorkspacePath, OutputSink> files;

  public AdditionsReader(
      Repository repository, Lfs lfs, Function<WorkspacePath, OutputSink> files) {
    this.repository = repository;
    this.lfs = lfs;
    this.files = files;
  }

  /** Reads the additions of all files that differ, sorted by path. */
  public void read(ObjectId from, ObjectId to) throws IOException {
    Set<ObjectId> gone = new HashSet<>();
    try (TreeWalk walk = TreeChanges.walk(repository, from, to)) {
      while (walk.next()) {
        gone.add(walk.getObjectId(0));
      }
    }
    try (TreeWalk walk = TreeChanges.walk(repository, from, to)) {
      while (walk.next()) {
        if (walk.getRawMode(1) != 0) {
          readFile(walk, gone);
        }
      }
    }
  }

  private void readFile(TreeWalk walk, Set<ObjectId> gone) throws IOException {
    OutputSink sink = files.apply(WorkspacePath.ofGit(walk.getRawPath()));
    var out = new SinkStream(sink);
    if (walk.getRawMode(0) == 0) {
      out.write(walk.getRawPath());
      out.write('\n');
    }
    Optional<InputStream> kept = lfs.content(walk.getObjectId(1));
    if (kept.isPresent()) {
      try (InputStream in = kept.get()) {
        in.transferTo(out);
      }
      return;
    }
    boolean blob = walk.getFileMode(1).getObjectType() == Constants.OBJ_BLOB;
    ObjectReader objects = walk.getObjectReader();
    if (blob && !gone.contains(walk.getObjectId(1))) {
      if (!isText(walk.getFileMode(0)) || !isText(walk.getFileMode(1))) {
        objects.open(walk.getObjectId(1)).copyTo(out);
      } else {
        readLines(objects, walk.getObjectId(0), walk.getObjectId(1), out);
      }
    }
  }

  private static boolean isText(FileMode mode) {
    return mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE);
  }

  private static void readLines(
      ObjectReader objects, ObjectId before, ObjectId after, OutputStream out) throws IOException {
    RawText old;
    RawText now;
    try {
      old = RawText.load(objects.open(before), LARGEST_TEXT);
      now = RawText.load(objects.open(after), LARGEST_TEXT);
    } catch (BinaryBlobException e) {
      objects.open(after).copyTo(out);
      return;
    }
    for (Edit edit : new HistogramDiff().diff(RawTextComparator.DEFAULT, old, now)) {
      for (int line = edit.getBeginB(); line < edit.getEndB(); line++) {
        now.writeLine(out, line);
        out.write('\n');
      }
    }
  }

  /** Lets JGit write to a sink. */
  private static final class SinkStream extends OutputStream {
    private final OutputSink sink;

    SinkStream(OutputSink sink) {
      this.sink = sink;
    }

    @Override
    public void write(int unit) {
      write(new byte[] {(byte) unit}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
      sink.write(buffer, offset, length);
    }
  }
}
