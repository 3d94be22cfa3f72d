package ru.elumenta.client.file;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Set;

/** What {@link WindowsFiles} are in. */
final class WindowsFileSystem extends FileSystem {
  private final FileSystem real = FileSystems.getDefault();
  private final WindowsFiles provider;

  WindowsFileSystem(WindowsFiles provider) {
    this.provider = provider;
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return Set.of("basic", "dos", "acl", "owner", "user");
  }

  @Override
  public Path getPath(String first, String... more) {
    return provider.seen(real.getPath(first, more));
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return provider.seen(real.getRootDirectories()).toList();
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return real.getFileStores();
  }

  @Override
  public PathMatcher getPathMatcher(String pattern) {
    return real.getPathMatcher(pattern);
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return real.getUserPrincipalLookupService();
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException();
  }

  @Override
  public String getSeparator() {
    return real.getSeparator();
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
