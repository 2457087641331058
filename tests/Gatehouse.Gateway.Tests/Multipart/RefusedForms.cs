using Gatehouse.Gateway.Problems;

namespace Gatehouse.Gateway.Tests.Multipart;

/// <summary>Every form that is refused: the body, the code, a word of the detail.</summary>
internal static class RefusedForms
{
    public sealed record Case(string What, string Body, ProblemCode Code, string Detail, string ContentType = Form.ContentType);

    public static IReadOnlyList<Case> All { get; } =
    [
        .. Structure(), .. Headers(), .. Names(), .. Fields(), .. Files(),
    ];

    private static Case Bad(string what, string body, string detail, string contentType = Form.ContentType) => new(what, body, ProblemCodes.MultipartInvalid, detail, contentType);

    private static IEnumerable<Case> Structure()
    {
        var whole = Form.File() + Form.End;
        yield return Bad("no boundary parameter", whole, "boundary is missing", "multipart/form-data");
        yield return Bad("an empty boundary", whole, "boundary must have", "multipart/form-data; boundary=\"\"");
        yield return Bad("a long boundary", whole, "boundary must have", "multipart/form-data; boundary=" + new string('x', 71));
        yield return Bad("two boundaries", whole, "given twice", "multipart/form-data; boundary=BX; boundary=BY");
        yield return Bad("a boundary that ends in a space", whole, "boundary must have", "multipart/form-data; boundary=\"BX \"");
        yield return Bad("a boundary with a semicolon", whole, "boundary must have", "multipart/form-data; boundary=\"B;X\"");
        yield return Bad("no final boundary", Form.File(), "before the final boundary");
        yield return Bad("a body cut off in a header", "--BX\r\nContent-Dispo", "before the final boundary");
        yield return Bad("a body cut off in the file", whole[..^12], "before the final boundary");
        yield return Bad("a body cut off in the final boundary", Form.File() + "--BX-", "before the final boundary");
        yield return Bad("text before the first boundary", "This is MIME.\r\n" + whole, "does not begin with the boundary");
        yield return Bad("bare LF before the first boundary", "\n" + whole, "does not begin with the boundary");
        yield return Bad("text after the final boundary", whole + "more", "more than line ends");
        yield return Bad("bare LF after the final boundary", Form.File() + "--BX--\n", "more than line ends");
        yield return Bad("bare CR after the final boundary", Form.File() + "--BX--\r", "ends in a bare CR");
        yield return Bad("a second form after the final boundary", whole + whole, "more than line ends");
        yield return Bad("many empty lines before", string.Concat(Enumerable.Repeat("\r\n", 33)) + whole, "too many empty lines");
        yield return Bad("many empty lines after", whole + string.Concat(Enumerable.Repeat("\r\n", 33)), "too many empty lines");
        yield return Bad("--BXfoo first", whole.Replace("--BX\r\n", "--BXfoo\r\n", StringComparison.Ordinal), "goes on after it");
        yield return Bad("--BXfoo in the content", Form.File("a\r\n--BXfoo\r\nb") + Form.End, "goes on after it");
        yield return Bad("--BX and a space", whole.Replace("--BX\r\n", "--BX \r\n", StringComparison.Ordinal), "goes on after it");
        yield return Bad("bare LF everywhere", whole.Replace("\r\n", "\n", StringComparison.Ordinal), "bare LF");
        yield return Bad("a boundary after a bare LF", Form.File("a\n--BX\r\nContent-Disposition: form-data; name=\"contact_id\"\r\n\r\neve") + Form.End, "bare LF");
        yield return Bad("a boundary after a bare LF at the beginning", Form.File("\n--BX--") + Form.End, "bare LF");
        yield return Bad("a boundary right after the headers", "--BX\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n--BX\r\n" + whole[6..], "without a line end of its own");
    }

    private static IEnumerable<Case> Headers()
    {
        static Case With(string what, string headers, string detail) => Bad(what, Form.File(headers: headers) + Form.End, detail);
        yield return Bad("no headers", "--BX\r\n\r\nhello\r\n" + Form.End, "Content-Disposition is missing");
        yield return Bad("no Content-Disposition", "--BX\r\nContent-Type: text/plain\r\n\r\nhello\r\n" + Form.End, "Content-Disposition is missing");
        yield return Bad("an attachment", Form.File().Replace("form-data;", "attachment;", StringComparison.Ordinal) + Form.End, "not form-data");
        yield return With("a bare LF in the headers", "X-A: 1\nX-B: 2\r\n", "bare LF");
        yield return With("a bare CR in a header", "X-A: 1\rX-B: 2\r\n", "bare CR");
        yield return With("a folded header", "X-A: 1\r\n 2\r\n", "folded");
        yield return With("a NUL in a header", "X-A: 1\0\r\n", "NUL");
        yield return With("a control character in a header", "X-A: 1\x01\r\n", "control character");
        yield return With("a DEL in a header", "X-A: 1\x7F\r\n", "control character");
        yield return With("invalid UTF-8 in a header", "X-A: \xFF\r\n", "not valid UTF-8");
        yield return With("a header without a colon", "X-A\r\n", "no sound name");
        yield return With("a space before the colon", "X-A : 1\r\n", "no sound name");
        yield return With("a header twice", "Content-Type: text/plain\r\ncontent-type: image/png\r\n", "given twice");
        yield return With("Content-Disposition twice", "Content-Disposition: form-data; name=\"contact_id\"\r\n", "given twice");
        yield return With("17 headers", string.Concat(Enumerable.Range(0, 16).Select(i => $"X-{i}: v\r\n")), "more than 16 headers");
        yield return With("more than 16 KB of headers", $"X-A: {new string('x', 16 * 1024)}\r\n", "more than 16384 bytes");
        yield return With("base64", "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding");
        yield return With("quoted-printable", "Content-Transfer-Encoding: Quoted-Printable\r\n", "Content-Transfer-Encoding");
        yield return With("a Content-Encoding in a part", "Content-Encoding: gzip\r\n", "Content-Encoding");
        yield return With("a Transfer-Encoding in a part", "Transfer-Encoding: chunked\r\n", "Transfer-Encoding");
        yield return With("a multipart in a part", "Content-Type: multipart/mixed; boundary=C\r\n", "multipart inside");
        yield return With("no media type", "Content-Type: text\r\n", "no media type");
        yield return With("a parameter twice", "Content-Type: text/plain; charset=utf-8; charset=utf-7\r\n", "given twice");
        yield return With("a length that is false", "Content-Length: 4\r\n", "Content-Length says 4");
        yield return With("a length that is no number", "Content-Length: +5\r\n", "Content-Length");
    }

    private static IEnumerable<Case> Names()
    {
        static Case With(string what, string disposition, string detail) => Bad(what, Form.File(disposition: disposition) + Form.End, detail);
        yield return With("no name", "filename=\"a.txt\"", "name is missing");
        yield return With("an empty name", "name=\"\"; filename=\"a.txt\"", "name is missing");
        yield return With("the name twice", "name=\"file\"; name=\"x\"; filename=\"a.txt\"", "given twice");
        yield return With("the filename twice", "name=\"file\"; filename=\"a.txt\"; FILENAME=\"b.txt\"", "given twice");
        yield return With("filename* twice", "name=\"file\"; filename*=utf-8''a.txt; filename*=utf-8''b.txt", "given twice");
        yield return With("name*", "name=\"file\"; name*=utf-8''x; filename=\"a.txt\"", "name*");
        yield return With("a continued filename", "name=\"file\"; filename*0=\"a\"; filename*1=\".txt\"", "filename*0");
        yield return With("unclosed quotes", "name=\"file\"; filename=\"a.txt", "not closed");
        yield return With("text after the quotes", "name=\"file\"; filename=\"a\"b.txt", "semicolon");
        yield return With("a parameter of no value", "name=\"file\"; filename=; x=1", "neither a token nor quoted");
        yield return With("17 parameters", "name=\"file\"; filename=\"a.txt\"" + string.Concat(Enumerable.Range(0, 15).Select(i => $"; p{i}=x")), "more than 16 parameters");
        yield return With("a space before the equals sign", "name=\"file\"; filename =\"a.txt\"", "no value");
        yield return With("a trailing semicolon", "name=\"file\"; filename=\"a.txt\";", "no name");
        yield return With("another name in filename*", "name=\"file\"; filename=\"a.txt\"; filename*=utf-8''b.exe", "different files");
        yield return With("another name in the word", "name=\"file\"; filename=\"=?utf-8?B?Li4vYi5odG1s?=\"; filename*=utf-8''a.txt", "different files");
        yield return With("a name of no ASCII that differs", $"name=\"file\"; filename=\"{Form.Utf8("ü")}.txt\"; filename*=utf-8''a.txt", "different files");
        yield return With("another charset", "name=\"file\"; filename*=iso-8859-1''M%FCller.txt", "filename* is not valid");
        yield return With("invalid UTF-8 in filename*", "name=\"file\"; filename*=utf-8''%FF.txt", "filename* is not valid");
        yield return With("an overlong form in filename*", "name=\"file\"; filename*=utf-8''%C0%AF.txt", "filename* is not valid");
        yield return With("a broken escape in filename*", "name=\"file\"; filename*=utf-8''%4.txt", "filename* is not valid");
        yield return With("quotes round filename*", "name=\"file\"; filename*=\"utf-8''a.txt\"", "must not be quoted");
        yield return With("an encoded slash in filename*", "name=\"file\"; filename*=utf-8''..%2Fa.txt", "path separator");
        yield return With("an encoded backslash in filename*", "name=\"file\"; filename*=utf-8''..%5ca.txt", "path separator");
        yield return With("an encoded NUL in filename*", "name=\"file\"; filename*=utf-8''a%00.txt", "control character");
        yield return With("a twice encoded slash in filename*", "name=\"file\"; filename*=utf-8''..%252Fa.txt", "path separator");
        yield return With("an encoded slash", "name=\"file\"; filename=\"..%2fa.txt\"", "path separator");
        yield return With("an encoded backslash", "name=\"file\"; filename=\"..%5Ca.txt\"", "path separator");
        yield return With("a thrice encoded slash", "name=\"file\"; filename=\"..%25252fa.txt\"", "path separator");
        yield return With("an encoded NUL", "name=\"file\"; filename=\"a%00.txt\"", "NUL");
        yield return With("an overlong slash", "name=\"file\"; filename=\"..%c0%afa.txt\"", "overlong");
        yield return With("a NUL in the name", "name=\"file\"; filename=\"a\0.txt\"", "NUL");
        yield return With("invalid UTF-8 in the name", "name=\"file\"; filename=\"M\xFCller.txt\"", "not valid UTF-8");
        yield return With("overlong UTF-8 in the name", "name=\"file\"; filename=\"..\xC0\xAF.txt\"", "not valid UTF-8");
    }

    private static IEnumerable<Case> Fields()
    {
        yield return Bad("a known field twice", Form.Field("contact_id", "a") + Form.Field("contact_id", "a") + Form.File() + Form.End, "contact_id is given twice");
        yield return Bad("a known field twice round the file", Form.Field("route", "a") + Form.File() + Form.Field("route", "b") + Form.End, "route is given twice");
        yield return Bad("a known field as a file", Form.File(disposition: "name=\"contact_id\"; filename=\"a.txt\"") + Form.File() + Form.End, "sent as a file");
        yield return Bad("17 unknown fields", string.Concat(Enumerable.Range(0, 17).Select(i => Form.Field("f" + i, ""))) + Form.File() + Form.End, "more than 16 fields");
        yield return Bad("an unknown field of 4097 bytes", Form.Field("x", new string('x', 4097)) + Form.File() + Form.End, "more than 4096 bytes");
        yield return Bad("a known field of 4097 bytes", Form.Field("contact_id", new string('x', 4097)) + Form.File() + Form.End, "more than 4096 bytes");
        yield return Bad("a NUL in a field", Form.Field("contact_id", "a\0") + Form.File() + Form.End, "NUL");
        yield return Bad("invalid UTF-8 in a field", Form.Field("contact_id", "\xFF") + Form.File() + Form.End, "not valid UTF-8");
        yield return Bad("invalid UTF-8 in an unknown field", Form.Field("x", "\xFF") + Form.File() + Form.End, "not valid UTF-8");
        yield return Bad("a field in UTF-7", Form.Field("contact_id", "+AGE-", "Content-Type: text/plain; charset=utf-7\r\n") + Form.File() + Form.End, "another charset");
    }

    private static IEnumerable<Case> Files()
    {
        yield return new("no form", "", ProblemCodes.FileMissing, "not multipart/form-data", "application/json");
        yield return new("an empty body", "", ProblemCodes.FileMissing, "body is empty");
        yield return new("fields only", Form.Field("contact_id", "a") + Form.End, ProblemCodes.FileMissing, "no part named file");
        yield return new("the file in another field", Form.File(disposition: "name=\"upload\"; filename=\"a.txt\"") + Form.End, ProblemCodes.FileMissing, "another field");
        yield return new("the file as text", Form.Field("file", "hello") + Form.End, ProblemCodes.FileMissing, "no filename");
        yield return new("an empty filename", Form.File("", "name=\"file\"; filename=\"\"") + Form.End, ProblemCodes.FilenameMissing, "empty filename");
        yield return new("bytes without a filename", Form.File("hello", "name=\"file\"; filename=\"\"") + Form.End, ProblemCodes.FilenameMissing, "without a filename");
        yield return new("two files", Form.File() + Form.File() + Form.End, ProblemCodes.MultipleFiles, "second file");
        yield return new("a second file in another field", Form.File() + Form.File(disposition: "name=\"x\"; filename=\"b.txt\"") + Form.End, ProblemCodes.MultipleFiles, "second file");
        yield return new("a byte too many", Form.File(new string('x', 1001)) + Form.End, ProblemCodes.FileTooLarge, "1000 bytes");
        yield return new("a declared length too many", Form.File("x", headers: "Content-Length: 1001\r\n") + Form.End, ProblemCodes.FileTooLarge, "1000 bytes");
    }
}
