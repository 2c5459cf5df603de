package io.belfry.javac;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Named;
import javax.inject.Singleton;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import org.codehaus.plexus.compiler.javac.JavaxToolsCompiler;
import org.jspecify.annotations.Nullable;

/// The JDK's compiler as maven-compiler-plugin runs it, with one difference: compiler plugins stay
/// loaded. By itself javac loads Error Prone and NullAway anew for each compilation, two in every
/// module, and Java warms up to their thousands of classes each time, which takes longer than what
/// they do.
///
/// Plugins that stay loaded must bear several compilations at the same time in the same classes, as
/// these do, and their jars must not change while Maven runs. That it is at work shows with
/// `MAVEN_OPTS=-Xlog:class+load`: each of their classes is loaded once.
@Named("default") // so Maven prefers it to the one that it extends
@Singleton
public final class CachingJavac extends JavaxToolsCompiler {
  private final Map<List<String>, ClassLoader> loaders = new ConcurrentHashMap<>();

  @Override
  protected JavaCompiler newJavaCompiler() {
    return wrap(
        JavaCompiler.class,
        super.newJavaCompiler(),
        (result, arguments) ->
            result instanceof StandardJavaFileManager
                ? keepingPlugins((StandardJavaFileManager) result)
                : result);
  }

  private StandardJavaFileManager keepingPlugins(StandardJavaFileManager files) {
    return wrap(
        StandardJavaFileManager.class,
        files,
        (result, arguments) ->
            result instanceof URLClassLoader
                    && arguments[0] == StandardLocation.ANNOTATION_PROCESSOR_PATH
                ? kept((URLClassLoader) result)
                : result);
  }

  /// The loader that stays for these jars. It is no `Closeable`, as javac would close it.
  private ClassLoader kept(URLClassLoader loader) {
    var jars = Stream.of(loader.getURLs()).map(URL::toString).collect(Collectors.toList());
    return loaders.computeIfAbsent(jars, any -> new ClassLoader(loader) {});
  }

  /// What a method returns instead.
  private interface Change {
    @Nullable Object apply(@Nullable Object result, Object[] arguments);
  }

  private static <T> T wrap(Class<T> type, T wrapped, Change change) {
    return type.cast(
        Proxy.newProxyInstance(
            CachingJavac.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                change.apply(result(wrapped, method, arguments), arguments)));
  }

  private static @Nullable Object result(Object of, Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(of, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
