package io.numa.avatar.agent.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.http.Json;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.agent.AgentUsage;
import io.numa.avatar.time.TimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import okio.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps requests and answers in a file for its operator alone, one JSON object a line, redacted.
 * Safe for use by several threads.
 */
final class Recorder implements AutoCloseable {
  /** How many bytes of a body are kept. */
  static final int MAX_BODY = 1 << 20;

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final Logger log = LoggerFactory.getLogger(Recorder.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final FileChannel file;
  private final Redactor redactor;
  private final TimeSource time;
  private final long maxBytes;
  private boolean open = true;

  /**
   * A request and its answer.
   *
   * @param path without its query, which may hold a key
   * @param request the beginning of the body that was sent
   * @param answer the beginning of the answer's body
   */
  record Entry(
      String method,
      String path,
      ByteString request,
      int status,
      ByteString answer,
      AgentUsage usage,
      Duration time) {}

  private Recorder(FileChannel file, Redactor redactor, TimeSource time, long maxBytes) {
    this.file = file;
    this.redactor = redactor;
    this.time = time;
    this.maxBytes = maxBytes;
  }

  /**
   * Opens a file, and goes on behind what it holds.
   *
   * @param maxBytes how large the file may grow
   * @throws IOException if it cannot be opened
   */
  static Recorder open(Path file, Redactor redactor, TimeSource time, long maxBytes)
      throws IOException {
    boolean knowsOwners = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    var options = Set.of(CREATE, WRITE, APPEND);
    FileChannel channel =
        knowsOwners ? FileChannel.open(file, options, OWNER_ONLY) : FileChannel.open(file, options);
    return new Recorder(channel, redactor, time, maxBytes);
  }

  /** Adds an entry. A file that cannot be written or is full ends the record, and is logged. */
  void add(Entry entry) {
    byte[] line = (json(entry) + "\n").getBytes(UTF_8);
    lock.lock();
    try {
      if (!open) {
        return;
      }
      if (file.size() + line.length > maxBytes) {
        log.warn("The record of the model's answers is full; later ones are not kept");
        open = false;
        file.close();
      } else {
        ByteBuffer left = ByteBuffer.wrap(line);
        while (left.hasRemaining()) {
          file.write(left);
        }
      }
    } catch (IOException e) {
      log.warn("Could not write the record of the model's answers; later ones are not kept", e);
      open = false;
    } finally {
      lock.unlock();
    }
  }

  private ObjectNode json(Entry entry) {
    ObjectNode json = Json.object();
    json.put("at", time.clock().instant().toString())
        .put("method", entry.method())
        .put("path", redactor.redact(entry.path()))
        .put("status", entry.status())
        .put("milliseconds", entry.time().toMillis())
        .put("input_tokens", entry.usage().inputTokens())
        .put("cached_tokens", entry.usage().cachedTokens())
        .put("output_tokens", entry.usage().outputTokens())
        .put("cut", isCut(entry.request()) || isCut(entry.answer()))
        .put("request", text(entry.request()))
        .put("answer", text(entry.answer()));
    return json;
  }

  private String text(ByteString body) {
    String text = body.string(UTF_8);
    // The cut may go through a secret.
    return isCut(body) ? Redacted.ofBeginning(text, redactor).toString() : redactor.redact(text);
  }

  private static boolean isCut(ByteString body) {
    return body.size() >= MAX_BODY;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      open = false;
      file.close();
    } catch (IOException e) {
      log.warn("Could not close the record of the model's answers", e);
    } finally {
      lock.unlock();
    }
  }
}
