package ru.elumenta.spring.boot;

import java.util.List;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.TypeFilter;
import org.springframework.util.ClassUtils;

/** Finds classes of a package and those below it. Reads class files, and loads what it returns. */
final class ClassScan extends ClassPathScanningCandidateComponentProvider {
  private ClassScan(TypeFilter wanted) {
    super(false);
    addIncludeFilter(wanted);
  }

  static List<Class<?>> of(String root, TypeFilter wanted, ClassLoader loader) {
    return new ClassScan(wanted)
        .findCandidateComponents(root).stream()
            .map(found -> String.valueOf(found.getBeanClassName()))
            .sorted()
            .<Class<?>>map(name -> ClassUtils.resolveClassName(name, loader))
            .toList();
  }

  @Override
  protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
    return true; // interfaces too
  }
}
