package io.numa.avatar.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.util.NB;

/** A pack, made object by object; which may be one that no Git would make. */
final class PackBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<Integer> offsets = new ArrayList<>();

  PackBytes() {
    out.writeBytes(new byte[] {'P', 'A', 'C', 'K', 0, 0, 0, 2, 0, 0, 0, 0});
  }

  /** Adds a blob; its place, 0 for the first. */
  int blob(byte[] content) throws IOException {
    return add(Constants.OBJ_BLOB, content.length, new byte[0], content);
  }

  /** Adds a difference to the object at a place. */
  int delta(int base, byte[] delta) throws IOException {
    return deltaAt(offsets.get(base), delta);
  }

  /** Adds a difference to what begins at an offset. */
  int deltaAt(int base, byte[] delta) throws IOException {
    int distance = out.size() - base;
    var reversed = new ArrayList<Byte>();
    reversed.add((byte) (distance & 0x7f));
    for (distance >>= 7; distance > 0; distance >>= 7) {
      distance--;
      reversed.add((byte) (0x80 | (distance & 0x7f)));
    }
    byte[] coded = new byte[reversed.size()];
    for (int i = 0; i < coded.length; i++) {
      coded[i] = reversed.get(coded.length - 1 - i);
    }
    return add(Constants.OBJ_OFS_DELTA, delta.length, coded, delta);
  }

  /** Adds a difference to an object by its id. */
  int delta(ObjectId base, byte[] delta) throws IOException {
    byte[] id = new byte[Constants.OBJECT_ID_LENGTH];
    base.copyRawTo(id, 0);
    return add(Constants.OBJ_REF_DELTA, delta.length, id, delta);
  }

  /** Adds an object that is said to have another size than it has. */
  int add(int type, long size, byte[] base, byte[] content) throws IOException {
    offsets.add(out.size());
    long rest = size >> 4;
    out.write((type << 4) | (int) (size & 15) | (rest > 0 ? 0x80 : 0));
    for (; rest > 0; rest >>= 7) {
      out.write((int) (rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    }
    out.writeBytes(base);
    try (var deflater = new DeflaterOutputStream(out)) {
      deflater.write(content);
    }
    return offsets.size() - 1;
  }

  byte[] end() {
    byte[] all = out.toByteArray();
    NB.encodeInt32(all, 8, offsets.size());
    return summed(all, all.length);
  }

  /** The same with the sum that belongs to it, of whatever comes before the last 20 bytes. */
  static byte[] summed(byte[] pack) {
    return summed(pack, Math.max(0, pack.length - Constants.OBJECT_ID_LENGTH));
  }

  private static byte[] summed(byte[] all, int length) {
    MessageDigest digest = Constants.newMessageDigest();
    digest.update(all, 0, length);
    var whole = new ByteArrayOutputStream();
    whole.write(all, 0, length);
    whole.writeBytes(digest.digest());
    return whole.toByteArray();
  }

  /** A difference that makes a small blob of another one: this, whatever the other one is. */
  static byte[] only(int baseSize, byte[] whole) {
    var delta = new ByteArrayOutputStream();
    size(baseSize, delta);
    size(whole.length, delta);
    delta.write(whole.length);
    delta.writeBytes(whole);
    return delta.toByteArray();
  }

  /** A difference that makes a blob longer: all of it, and then this. */
  static byte[] longer(int baseSize, byte[] more) {
    var delta = new ByteArrayOutputStream();
    size(baseSize, delta);
    size(baseSize + more.length, delta);
    int done = 0;
    while (done < baseSize) { // at most 0xffffff at once
      int count = Math.min(0xffffff, baseSize - done);
      delta.write(0x80 | 0x0f | 0x70);
      little(done, 4, delta);
      little(count, 3, delta);
      done += count;
    }
    for (int at = 0; at < more.length; at += 127) {
      int count = Math.min(127, more.length - at);
      delta.write(count);
      delta.write(more, at, count);
    }
    return delta.toByteArray();
  }

  private static void size(int size, ByteArrayOutputStream to) {
    int rest = size;
    for (; rest > 0x7f; rest >>= 7) {
      to.write(0x80 | (rest & 0x7f));
    }
    to.write(rest);
  }

  private static void little(int number, int bytes, ByteArrayOutputStream to) {
    for (int i = 0; i < bytes; i++) {
      to.write(number >> (8 * i));
    }
  }
}
