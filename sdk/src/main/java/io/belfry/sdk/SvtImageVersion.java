package io.belfry.sdk;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Which version of the tools for guests (SVT, VMTools) an ISO image holds.
public final class SvtImageVersion {
  private static final int SECTOR = 2048;
  private static final int FIRST_DESCRIPTOR = 16 * SECTOR;
  private static final int VOLUME_SET_ID = 190;
  private static final int VOLUME_SET_ID_BYTES = 128;
  private static final String ISO_9660 = "CD001";

  private SvtImageVersion() {}

  /// Reads what the image calls its set of volumes, such as `SMTX_VMTOOLS-2.12.1`. Only a few bytes
  /// of the file are read.
  ///
  /// @throws IOException if the file can't be read, is no ISO 9660 image, or doesn't say
  public static String read(Path iso) throws IOException {
    try (var file = new RandomAccessFile(iso.toFile(), "r")) {
      if (!text(file, FIRST_DESCRIPTOR + 1, ISO_9660.length()).equals(ISO_9660)) {
        throw new IOException(iso + " is no ISO 9660 image");
      }
      var version = text(file, FIRST_DESCRIPTOR + VOLUME_SET_ID, VOLUME_SET_ID_BYTES).strip();
      if (version.isEmpty()) {
        throw new IOException(iso + " doesn't say which version it is: its volume set has no name");
      }
      return version;
    } catch (EOFException tooShort) {
      throw new IOException(iso + " is no ISO 9660 image: it is too short", tooShort);
    }
  }

  private static String text(RandomAccessFile file, long from, int length) throws IOException {
    var bytes = new byte[length];
    file.seek(from);
    file.readFully(bytes);
    return new String(bytes, StandardCharsets.US_ASCII).replace('\0', ' ');
  }
}
