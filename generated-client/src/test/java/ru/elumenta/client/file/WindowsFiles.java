package ru.elumenta.client.file;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of this system as Windows would have them: no POSIX permissions, no keys of files, no
 * channels of folders, and nothing is moved onto a file, or away, that anybody has open.
 */
public final class WindowsFiles extends FileSystemProvider {
  private final FileSystemProvider real = FileSystems.getDefault().provider();
  private final FileSystem system = new WindowsFileSystem(this);
  private final List<Opened> opened = new ArrayList<>(); // guarded by this
  private Runnable whenRefused = () -> {};
  private int refused; // guarded by this

  private record Opened(Path file, Channel channel) {}

  /** Returns a file or folder seen through this. */
  public static Path of(WindowsFiles windows, Path path) {
    return windows.seen(path);
  }

  /** Sets what happens once a move was refused. */
  public void whenRefused(Runnable then) {
    whenRefused = then;
  }

  /** Returns how many moves were refused. */
  public synchronized int refused() {
    return refused;
  }

  Path seen(Path path) {
    return (Path)
        Proxy.newProxyInstance(
            Path.class.getClassLoader(),
            new Class<?>[] {Path.class},
            (self, method, arguments) -> {
              if (method.getName().equals("getFileSystem")) {
                return system;
              }
              Object[] plain =
                  arguments == null
                      ? null
                      : Arrays.stream(arguments)
                          .map(each -> each instanceof Path other ? real(other) : each)
                          .toArray();
              try {
                Object result = method.invoke(path, plain);
                return result instanceof Path found ? seen(found) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static Path real(Path path) {
    return Path.of(path.toString());
  }

  private synchronized <C extends Channel> C opened(Path file, C channel) {
    opened.removeIf(each -> !each.channel().isOpen());
    opened.add(new Opened(real(file).toAbsolutePath(), channel));
    return channel;
  }

  private synchronized boolean isOpen(Path file) {
    return opened.stream()
        .anyMatch(
            each -> each.channel().isOpen() && each.file().equals(real(file).toAbsolutePath()));
  }

  @Override
  public void move(Path from, Path to, CopyOption... how) throws IOException {
    if (isOpen(from) || isOpen(to)) {
      synchronized (this) {
        refused++;
      }
      whenRefused.run();
      throw new FileSystemException(from.toString(), to.toString(), "in use by another process");
    }
    real.move(real(from), real(to), how);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> how, FileAttribute<?>... attributes) throws IOException {
    if (real(path).toFile().isDirectory()) {
      throw new FileSystemException(path.toString(), null, "Access is denied");
    }
    return opened(path, real.newFileChannel(real(path), how, attributes));
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> how, FileAttribute<?>... attributes) throws IOException {
    return opened(path, real.newByteChannel(real(path), how, attributes));
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... how) throws IOException {
    A attributes = real.readAttributes(real(path), type, how);
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                method.getName().equals("fileKey") ? null : method.invoke(attributes, arguments)));
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... how)
      throws IOException {
    return real.readAttributes(real(path), names, how);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> all = real.newDirectoryStream(real(folder), each -> true)) {
      for (Path each : all) {
        if (filter.accept(seen(each))) {
          found.add(seen(each));
        }
      }
    }
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return found.iterator();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    real.createDirectory(real(folder), attributes);
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    real.createLink(real(link), real(existing));
  }

  @Override
  public void delete(Path path) throws IOException {
    real.delete(real(path));
  }

  @Override
  public void copy(Path from, Path to, CopyOption... how) throws IOException {
    real.copy(real(from), real(to), how);
  }

  @Override
  public boolean isSameFile(Path one, Path other) throws IOException {
    return real.isSameFile(real(one), real(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return real.isHidden(real(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return real.getFileStore(real(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    real.checkAccess(real(path), modes);
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... how) {
    return real.getFileAttributeView(real(path), type, how);
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... how)
      throws IOException {
    real.setAttribute(real(path), name, value, how);
  }

  @Override
  public String getScheme() {
    return "windows-like";
  }

  @Override
  public FileSystem newFileSystem(URI address, Map<String, ?> environment) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI address) {
    return system;
  }

  @Override
  public Path getPath(URI address) {
    return seen(Path.of(address));
  }

  Stream<Path> seen(Iterable<Path> paths) {
    List<Path> all = new ArrayList<>();
    paths.forEach(each -> all.add(seen(each)));
    return all.stream();
  }
}
