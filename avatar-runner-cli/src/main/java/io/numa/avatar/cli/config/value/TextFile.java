package io.numa.avatar.cli.config.value;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads small files of UTF-8. */
public final class TextFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private TextFile() {}

  /**
   * Reads a file whole.
   *
   * @throws UnacceptableException if the file cannot be read, is longer than {@code limit} bytes,
   *     or is not UTF-8; the message says which, without the file's name and content
   */
  public static String read(Path file, int limit) {
    if (Files.isDirectory(file)) {
      throw new UnacceptableException("could not be read: it is a folder");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new UnacceptableException("is longer than " + limit + " bytes");
      }
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new UnacceptableException("is not UTF-8 text");
    } catch (IOException e) {
      throw new UnacceptableException("could not be read: " + reason(e));
    }
  }

  private static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file";
    }
    return failure instanceof AccessDeniedException ? "permission denied" : "I/O error";
  }
}
