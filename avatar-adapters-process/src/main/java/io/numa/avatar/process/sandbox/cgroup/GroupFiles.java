package io.numa.avatar.process.sandbox.cgroup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.stream.Stream;

/** The folders and files through which the kernel shows control groups. */
interface GroupFiles {
  /** Those of this machine. */
  GroupFiles KERNEL = new Kernel();

  String read(Path file) throws IOException;

  /** Writes to a file that is there, in one call. */
  void write(Path file, String text) throws IOException;

  /** Makes a group. */
  void make(Path group) throws IOException;

  /** Removes a group that has no process left. */
  void remove(Path group) throws IOException;

  /** The groups in a group. */
  List<Path> children(Path group) throws IOException;

  /** Whether systemd says that it leaves a group to those who run in it. */
  boolean marked(Path group);

  /** See {@link GroupFiles#KERNEL}. */
  final class Kernel implements GroupFiles {
    /** An extended attribute of a group's folder. */
    private static final String DELEGATED = "delegate";

    private Kernel() {}

    @Override
    public String read(Path file) throws IOException {
      return Files.readString(file, UTF_8);
    }

    @Override
    public void write(Path file, String text) throws IOException {
      try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
      }
    }

    @Override
    public void make(Path group) throws IOException {
      Files.createDirectory(group);
    }

    @Override
    public void remove(Path group) throws IOException {
      Files.delete(group);
    }

    @Override
    public List<Path> children(Path group) throws IOException {
      try (Stream<Path> files = Files.list(group)) {
        return files.filter(file -> Files.isDirectory(file, NOFOLLOW_LINKS)).toList();
      }
    }

    @Override
    public boolean marked(Path group) {
      try {
        var attributes =
            Files.getFileAttributeView(group, UserDefinedFileAttributeView.class, NOFOLLOW_LINKS);
        return attributes != null && attributes.list().contains(DELEGATED);
      } catch (IOException e) {
        return false; // this kernel has no such attributes
      }
    }
  }
}
