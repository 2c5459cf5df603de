package io.belfry.sdk.api;

import io.belfry.sdk.ApiClient;
import io.belfry.sdk.CallOptions;
import io.belfry.sdk.Json;
import io.belfry.sdk.Operation;
import io.belfry.sdk.model.ExportFileDownloadLinks;
import io.belfry.sdk.model.GetExportFileDownloadLinksParams;
import io.belfry.sdk.model.ParseOvfForm;
import io.belfry.sdk.model.ParsedOVF;
import io.belfry.sdk.model.UploadElfFileForm;
import io.belfry.sdk.model.UploadTask;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * Operations of the group Ovf. Immutable and safe to share between threads.
 */
public final class OvfApi {
  private final ApiClient client;

  public OvfApi(ApiClient client) {
    this.client = client;
  }

  /**
   * The same operations, called with other options: {@code with(o -> o.language("zh-CN"))}.
   */
  public OvfApi with(UnaryOperator<CallOptions> options) {
    return new OvfApi(client.with(options));
  }

  /**
   * The same operations, answering with futures.
   */
  public Async async() {
    return new Async(client);
  }

  /**
   * Answers where the files of an export can be fetched.
   * <p>{@code POST /get-export-file-download-links}.
   */
  public List<ExportFileDownloadLinks> getExportFileDownloadLinks(
      GetExportFileDownloadLinksParams params) {
    return getExportFileDownloadLinks(params.json());
  }

  /**
   * Answers where the files of an export can be fetched.
   * <p>{@code POST /get-export-file-download-links}.
   */
  public List<ExportFileDownloadLinks> getExportFileDownloadLinks(Json body) {
    return client.call(Operation.list("get-export-file-download-links", ExportFileDownloadLinks.SHAPE), body);
  }

  /**
   * Reads an OVF file into the parameters of an import.
   * <p>{@code POST /parse-ovf}.
   */
  public ParsedOVF parseOvf(ParseOvfForm params) {
    return parseOvf(params.json());
  }

  /**
   * Reads an OVF file into the parameters of an import.
   * <p>{@code POST /parse-ovf}.
   */
  public ParsedOVF parseOvf(Json body) {
    return client.call(Operation.one("parse-ovf", ParsedOVF.SHAPE).multipart(), body);
  }

  /**
   * Uploads a disk file in chunks, for an import.
   * <p>{@code POST /upload-elf-file}.
   */
  public UploadTask uploadElfFile(UploadElfFileForm params) {
    return uploadElfFile(params.json());
  }

  /**
   * Uploads a disk file in chunks, for an import.
   * <p>{@code POST /upload-elf-file}.
   */
  public UploadTask uploadElfFile(Json body) {
    return client.call(Operation.one("upload-elf-file", UploadTask.SHAPE).multipart(), body);
  }

  /**
   * The operations of {@link OvfApi}, answering with futures. Cancelling one gives up the call.
   */
  public static final class Async {
    private final ApiClient client;

    private Async(ApiClient client) {
      this.client = client;
    }

    /**
     * The same operations, called with other options: {@code with(o -> o.language("zh-CN"))}.
     */
    public Async with(UnaryOperator<CallOptions> options) {
      return new Async(client.with(options));
    }

    /**
     * Answers where the files of an export can be fetched.
     * <p>{@code POST /get-export-file-download-links}.
     */
    public CompletableFuture<List<ExportFileDownloadLinks>> getExportFileDownloadLinks(
        GetExportFileDownloadLinksParams params) {
      return getExportFileDownloadLinks(params.json());
    }

    /**
     * Answers where the files of an export can be fetched.
     * <p>{@code POST /get-export-file-download-links}.
     */
    public CompletableFuture<List<ExportFileDownloadLinks>> getExportFileDownloadLinks(Json body) {
      return client.callAsync(Operation.list("get-export-file-download-links", ExportFileDownloadLinks.SHAPE), body);
    }

    /**
     * Reads an OVF file into the parameters of an import.
     * <p>{@code POST /parse-ovf}.
     */
    public CompletableFuture<ParsedOVF> parseOvf(ParseOvfForm params) {
      return parseOvf(params.json());
    }

    /**
     * Reads an OVF file into the parameters of an import.
     * <p>{@code POST /parse-ovf}.
     */
    public CompletableFuture<ParsedOVF> parseOvf(Json body) {
      return client.callAsync(Operation.one("parse-ovf", ParsedOVF.SHAPE).multipart(), body);
    }

    /**
     * Uploads a disk file in chunks, for an import.
     * <p>{@code POST /upload-elf-file}.
     */
    public CompletableFuture<UploadTask> uploadElfFile(UploadElfFileForm params) {
      return uploadElfFile(params.json());
    }

    /**
     * Uploads a disk file in chunks, for an import.
     * <p>{@code POST /upload-elf-file}.
     */
    public CompletableFuture<UploadTask> uploadElfFile(Json body) {
      return client.callAsync(Operation.one("upload-elf-file", UploadTask.SHAPE).multipart(), body);
    }
  }
}
