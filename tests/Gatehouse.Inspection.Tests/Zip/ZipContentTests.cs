using System.Text;
using Gatehouse.Inspection.Tests.Judging;
using Gatehouse.Inspection.Tests.Office;
using Gatehouse.Inspection.Tests.Pdf;
using Gatehouse.Inspection.Tests.SecondFormats;
using static Gatehouse.Inspection.Tests.Zip.Little;

namespace Gatehouse.Inspection.Tests.Zip;

public sealed class ZipContentTests
{
    private static readonly ZipItem Item = new("a.txt", ZipBuilder.Text);

    [Theory]
    [InlineData("../a.txt")]
    [InlineData("a/../../b.txt")]
    [InlineData("a/..")]
    [InlineData("a/.. /b")]
    [InlineData("/etc/passwd")]
    [InlineData("C:/a.txt")]
    [InlineData("c:a.txt")]
    [InlineData("//host/share/a.txt")]
    [InlineData(@"\\host\share\a.txt")]
    [InlineData(@"..\a.txt")]
    [InlineData(@"a\b.txt")]
    [InlineData("a.txt\0.exe")]
    public void A_name_that_leaves_its_folder_is_refused(string name)
    {
        Assert.Equal(RefusalCode.ContentUnsafe, Archives.Refuses(ZipBuilder.Of(Item with { Name = name }), Reasons.PathEscape).Code);
        Archives.Refuses(ZipBuilder.Of(Item with { CentralExtra = UnicodePath(name) }), Reasons.PathEscape);
    }

    [Theory]
    [InlineData("a..b/c...txt")]
    [InlineData("Größe/日本語.txt")]
    [InlineData("10:20 Uhr.txt")]
    [InlineData("Photos/Icon\r")]
    [InlineData("50%PDF-Rabatt.pdf")]
    [InlineData("JavaScript: the basics.txt")]
    [InlineData("How to use <svg> icons.md")]
    [InlineData("\u0378\uE000.txt")]
    [InlineData("folder/")]
    public void Other_names_are_honest(string name) => Archives.Accepts(ZipBuilder.Of(new ZipItem(name, name.EndsWith('/') ? [] : ZipBuilder.Text)));

    [Theory]
    [InlineData("a\n.txt")]
    [InlineData("\uFFFE.txt")]
    [InlineData("")]
    public void A_name_that_is_none_is_damage(string name) => Archives.Refuses(ZipBuilder.Of(Item with { Name = name }), Reasons.BadStructure);

    [Fact]
    public void A_name_that_is_no_UTF_8_though_it_says_so_is_damage() =>
        Archives.Refuses(ZipBuilder.Of(Item with { NameBytes = [0xC0, 0xAE, (byte)'a'], Flags = 0x800 }), Reasons.BadStructure);

    [Fact]
    public void A_backslash_inside_a_Shift_JIS_character_is_honest() =>
        Archives.Accepts(ZipBuilder.Of(Item with { NameBytes = [0x95, 0x5C, (byte)'.', (byte)'t', (byte)'x', (byte)'t'] }));

    [Theory]
    [InlineData("a.txt", "a.txt")]
    [InlineData("a.txt", "A.TXT")]
    [InlineData("a.txt", "a.txt.")]
    [InlineData("x/a.txt", "x//a.txt")]
    [InlineData("x/a.txt", "./x/./a.txt")]
    [InlineData("x", "x/")]
    [InlineData("\u00FC.txt", "u\u0308.txt")]
    public void Two_entries_for_one_file_are_refused(string first, string second) =>
        Archives.Refuses(ZipBuilder.Of(new ZipItem(first, []), new ZipItem(second, [])), Reasons.BadStructure);

    [Fact]
    public void A_Unicode_name_counts_for_the_header_s_own()
    {
        var first = Item with { Name = "_.txt", CentralExtra = UnicodePath("日.txt", "_.txt"), LocalExtra = UnicodePath("日.txt", "_.txt") };
        var second = Item with { Name = "__.txt", CentralExtra = UnicodePath("日本.txt", "__.txt"), LocalExtra = UnicodePath("日本.txt", "__.txt") };

        Archives.Accepts(ZipBuilder.Of(first, second));
        Archives.Refuses(ZipBuilder.Of(first with { LocalExtra = UnicodePath("本.txt", "_.txt") }), Reasons.BadStructure);
        Archives.Refuses(ZipBuilder.Of(first, second with { Name = "_.txt", CentralExtra = UnicodePath("本.txt", "_.txt"), LocalExtra = UnicodePath("本.txt", "_.txt") }), Reasons.BadStructure);
    }

    [Theory]
    [InlineData("Größe/a.txt", "Gr??e/a.txt")]
    [InlineData("Größe/ä.txt", "Gr#U00f6#U00dfe/#U00e4.txt")]
    [InlineData("Größe.txt", "Gr%U00F6%U00DFe.txt")]
    [InlineData("a/b.txt", "a/b.txt")]
    public void A_Unicode_name_may_stand_beside_one_with_stand_ins(string path, string name)
    {
        var extra = UnicodePath(path, name);

        Archives.Accepts(ZipBuilder.Of(Item with { Name = name, LocalExtra = extra, CentralExtra = extra }));
    }

    [Fact]
    public void A_Unicode_name_may_stand_beside_one_of_an_old_character_set()
    {
        byte[] name = [(byte)'M', 0x81, .. "ller.txt"u8];
        byte[] field = [1, .. U32(System.IO.Hashing.Crc32.HashToUInt32(name)), .. "Müller.txt"u8];
        byte[] extra = [.. U16(0x7075), .. U16(field.Length), .. field];

        Archives.Accepts(ZipBuilder.Of(Item with { NameBytes = name, LocalExtra = extra, CentralExtra = extra }));
    }

    [Theory]
    [InlineData("../../../evil.exe", Reasons.PathEscape)]
    [InlineData("/etc/passwd", Reasons.PathEscape)]
    [InlineData("evil.exe", Reasons.BadStructure)]
    [InlineData("b.txt", Reasons.BadStructure)]
    [InlineData("x/a.txt", Reasons.BadStructure)]
    [InlineData("b_c.txt", Reasons.BadStructure)]
    public void A_name_beside_a_Unicode_name_is_not_another_file_s(string name, string reason)
    {
        foreach (var path in new[] { "a.txt", "bäd.txt" })
        {
            var extra = UnicodePath(path, name);
            Archives.Refuses(ZipBuilder.Of(Item with { Name = name, LocalExtra = extra, CentralExtra = extra }), reason);
        }
    }

    [Fact]
    public void A_Unicode_name_that_fits_no_header_is_refused()
    {
        var extra = UnicodePath("ä.txt", "_.txt");
        var item = Item with { Name = "_.txt", LocalExtra = extra, CentralExtra = extra };
        Archives.Accepts(ZipBuilder.Of(item));

        foreach (var at in new[] { 4, 5 })
        {
            byte[] wrong = [.. extra];
            wrong[at] ^= 2;
            Archives.Refuses(ZipBuilder.Of(item with { LocalExtra = wrong, CentralExtra = wrong }), Reasons.BadStructure);
        }

        byte[] none = [.. U16(0x7075), .. U16(5), .. extra.AsSpan(4, 5)];
        Archives.Refuses(ZipBuilder.Of(item with { LocalExtra = none, CentralExtra = none }), Reasons.BadStructure);
    }

    [Fact]
    public void A_document_s_list_of_types_under_another_Unicode_name_is_refused()
    {
        var types = Item with { Name = "[Content_Types].xml", CentralExtra = UnicodePath("a.xml", "[Content_Types].xml"), LocalExtra = UnicodePath("a.xml", "[Content_Types].xml") };

        Archives.Refuses(ZipBuilder.Of(types), Reasons.BadStructure);
    }

    [Fact]
    public void An_inspection_that_is_given_up_ends()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var zip = ZipBuilder.Of(Item);
        using var inspection = new Inspector(Archives.Allowed).Begin(filename: null);
        Assert.Null(inspection.Write(zip));

        Assert.Throws<OperationCanceledException>(() => inspection.Complete(new MemoryFile(zip), cancelled.Token));
    }

    [Theory]
    [InlineData(0xA1FF_0000u)]
    [InlineData(0x61A4_0000u)]
    [InlineData(0x21A4_0000u)]
    public void Links_and_devices_are_refused(uint attributes) => Archives.Refuses(ZipBuilder.Of(Item with { Attributes = attributes }), Reasons.PathEscape);

    [Theory]
    [InlineData(0x81A4_0000u)]
    [InlineData(0x11A4_0000u)]
    [InlineData(0x20u)]
    public void Files_and_what_came_from_a_pipe_are_honest(uint attributes) => Archives.Accepts(ZipBuilder.Of(Item with { Attributes = attributes }));

    [Fact]
    public void A_link_of_Windows_is_refused() =>
        Archives.Refuses(ZipBuilder.Of(Item with { Attributes = 0x400, FalsifyCentral = h => h[5] = 0 }), Reasons.PathEscape);

    [Theory]
    [InlineData(1)]
    [InlineData(1 | (1 << 6))]
    [InlineData(1 | (1 << 13))]
    public void Encrypted_entries_are_refused_or_flagged(int flags) =>
        Archives.RefusesOrFlags(ZipBuilder.Of(Item with { Flags = (ushort)flags }), Reasons.Encrypted);

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(12)]
    [InlineData(14)]
    [InlineData(93)]
    public void Other_methods_than_stored_and_deflated_are_refused(int method) =>
        Archives.Refuses(ZipBuilder.Of(Item with { Method = (ushort)method }), Reasons.BadStructure);

    [Fact]
    public void More_entries_than_the_limit_are_refused()
    {
        ZipItem[] items = [.. Enumerable.Range(0, 4097).Select(i => new ZipItem($"{i}", []) { Method = ZipItem.Stored })];

        Archives.Accepts(ZipBuilder.Of(items[..4096]));
        Assert.Equal(RefusalCode.ContentUnsafe, Archives.Refuses(ZipBuilder.Of(items), Reasons.TooManyEntries).Code);
    }

    [Fact]
    public void What_unpacks_to_far_too_much_is_refused_before_it_is_unpacked()
    {
        const int Counts = 32 << 20;
        Archives.Accepts(ZipBuilder.Of(new ZipItem("a", new byte[2 << 20])));
        var bomb = new ZipItem("a", new byte[Counts + 1]);
        Archives.Refuses(ZipBuilder.Of(bomb), Reasons.ExpandsTooMuch);
        Archives.Refuses(ZipBuilder.Of(Item with { ClaimedSize = 300 << 20, Packed = new byte[2 << 20] }), Reasons.ExpandsTooMuch);
        ZipItem[] small = [.. Enumerable.Range(0, 3).Select(i => new ZipItem($"{i}", new byte[Counts / 2]))];
        Archives.Accepts(ZipBuilder.Of(small[..2]));
        Archives.Refuses(ZipBuilder.Of(small), Reasons.ExpandsTooMuch);
    }

    [Fact]
    public void More_data_beside_the_files_than_is_honest_is_refused()
    {
        byte[] padding = [.. U16(0xA220), .. U16(40_000), .. new byte[40_000]];

        Archives.Accepts(ZipBuilder.Of(Item with { CentralExtra = padding }));
        Archives.Refuses(ZipBuilder.Of(Item with { CentralExtra = padding }, Item with { Name = "b", CentralExtra = padding }), Reasons.EmbeddedFile);
        Archives.Accepts(ZipBuilder.Of(Item with { LocalExtra = padding }));
        Archives.Refuses((new ZipBuilder { Items = [Item with { CentralExtra = padding }], Comment = new byte[40_000] }).Build(), Reasons.EmbeddedFile);
        Archives.Refuses(ZipBuilder.Of(Item with { LocalExtra = padding }, Item with { Name = "b", LocalExtra = padding }), Reasons.EmbeddedFile);
    }

    [Theory]
    [InlineData("exe")]
    [InlineData("elf")]
    [InlineData("rar5")]
    [InlineData("7z")]
    [InlineData("tar")]
    [InlineData("zip")]
    public void Programs_and_archives_inside_are_refused_or_flagged(string guest) =>
        Archives.RefusesOrFlags(ZipBuilder.Of(Item, new ZipItem("photo.jpg", Guests.All[guest])), Reasons.EmbeddedFile);

    [Theory]
    [InlineData("run.exe")]
    [InlineData("invoice.pdf.js")]
    [InlineData("a.LNK")]
    [InlineData("a.bat. ")]
    [InlineData("a.exe:b")]
    [InlineData("note:a.exe")]
    [InlineData("Photo.app/Contents/MacOS/run")]
    [InlineData("x/Desktop.ini")]
    [InlineData("__main__.py")]
    [InlineData("macros.docm")]
    [InlineData("find.searchConnector-ms")]
    [InlineData("image.wim")]
    public void Names_of_programs_are_refused_or_flagged(string name) => Archives.RefusesOrFlags(ZipBuilder.Of(Item with { Name = name }), Reasons.EmbeddedFile);

    [Theory]
    [InlineData("#!/bin/bash\nrm")]
    [InlineData("#! /usr/bin/env python3\n")]
    [InlineData("xar!\0\u001c\0\u0001\0\0")]
    [InlineData("MSWIM\0\0\0\u00d0\0")]
    [InlineData("vhdxfileM\0i\0")]
    [InlineData("]\0\0\u0080\0\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\0abc")]
    [InlineData("{\\rt\\ansi{\\object\\objautlink\\objupdate}}")]
    [InlineData("<?xml version='1.0'?><pkg:package xmlns:pkg='http://schemas.microsoft.com/office/2006/xmlPackage'/>")]
    [InlineData("<w:wordDocument xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml'/>")]
    [InlineData("mime-version: 1.0\r\n")]
    [InlineData("FWS\u0005\u0080\0\0\0xyz")]
    [InlineData("PK\u0003\u0004@\0\0\0e\0 and more")]
    [InlineData("PK\u0007\u0008PK\u0003\u0004")]
    public void What_acts_when_it_is_opened_is_told_by_its_beginning(string content)
    {
        var zip = ZipBuilder.Of(new ZipItem("letter.doc", Encoding.Latin1.GetBytes(content)));

        Assert.Contains(Archives.Refuses(zip, Assert.IsType<Verdict.Refuse>(Judge.Whole(zip, policy: Archives.Allowed)).Reason).Reason, new[] { Reasons.EmbeddedFile, Reasons.Truncated });
    }

    [Fact]
    public void An_object_is_found_wherever_it_stands_in_a_text_document() =>
        Archives.RefusesOrFlags(ZipBuilder.Of(new ZipItem("a.txt", [.. "{\\rtf1 "u8, .. new byte[70_000].Select((_, i) => (byte)('a' + (i % 7))), .. "\\objdata"u8])), Reasons.EmbeddedFile);

    [Theory]
    [InlineData("a.xml", "<a/><pkg:package xmlns:pkg='http://schemas.microsoft.com/office/2006/xmlPackage'/>")]
    [InlineData("a.xml", "<w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordm&#108;\"/>")]
    [InlineData("a.xml", "<w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordm&#x0006C;\"/>")]
    [InlineData("letter.doc", "<!DOCTYPE a [<!ENTITY n 'http://schemas.microsoft.com/office/word'>]><w:wordDocument xmlns:w='&n;/2003/wordml'/>")]
    [InlineData("letter.doc. ", "\r\nMIME-Version: 1.0")]
    public void A_document_written_as_text_is_told_wherever_it_begins(string name, string content)
    {
        foreach (var before in new[] { "", "\r\n", $"<!--{new string('x', 70_000)}-->", new string(' ', 70_000), new string(' ', (36 * 1024) - 20) })
        {
            Archives.RefusesOrFlags(ZipBuilder.Of(new ZipItem(name, Encoding.UTF8.GetBytes(before + content))), Reasons.EmbeddedFile);
            Archives.RefusesOrFlags(ZipBuilder.Of(new ZipItem(name, [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(before + content)])), Reasons.EmbeddedFile);
        }
    }

    [Theory]
    [InlineData("a.html", "<p>The namespace is http://schemas.microsoft.com/office/word/2003/wordml</p>")]
    [InlineData("a.xml", "<!DOCTYPE a [<!ENTITY n 'x'>]><a>&n;</a>")]
    [InlineData("a.xml", "<a>R&D, MIME-Version: 1.0 &#38; &amp; &; &#; &#x;</a>")]
    [InlineData("a.doc", "A note on mail")]
    public void Markup_and_texts_that_are_no_documents_are_honest(string name, string content) =>
        Archives.Accepts(ZipBuilder.Of(new ZipItem(name, Encoding.UTF8.GetBytes($"{new string(' ', 50_000)}{content}"))));

    [Theory]
    [InlineData("#! is how a script begins")]
    [InlineData("{\\rtf1\\ansi hello}")]
    [InlineData("FWS-Bericht 2024 fertig")]
    [InlineData("xar! is no word")]
    [InlineData("vhdxfile names")]
    [InlineData("<a href='x'>a page</a>")]
    [InlineData("MIME-Versions are many")]
    public void Texts_that_begin_alike_are_honest(string content) => Archives.Accepts(ZipBuilder.Of(new ZipItem("a.txt", Encoding.UTF8.GetBytes(content))));

    [Theory]
    [InlineData(ZipItem.Stored)]
    [InlineData(ZipItem.Deflated)]
    public void An_archive_that_only_its_end_tells_is_refused_or_flagged(ushort method) =>
        Archives.RefusesOrFlags(ZipBuilder.Of(new ZipItem("a.jpg", [(byte)'\n', .. OfficeBuilder.Word.With("word/vbaProject.bin", "x").Build()]) { Method = method }), Reasons.EmbeddedFile);

    [Fact]
    public void It_is_found_wherever_its_directory_falls_in_what_is_read_at_a_time()
    {
        var hidden = ZipBuilder.Of(new ZipItem("a.txt", [1, 2, 3]));
        var directory = hidden.AsSpan().IndexOf("PK\u0001\u0002"u8);
        for (var before = 1; before <= 3; before++)
        {
            byte[] content = [.. new byte[(16 * 1024) - before - directory], .. hidden];
            Archives.RefusesOrFlags(ZipBuilder.Of(new ZipItem("a.jpg", content) { Method = ZipItem.Stored }), Reasons.EmbeddedFile);
        }
    }

    [Fact]
    public void A_tar_whose_first_name_begins_as_an_archive_does_is_one()
    {
        var tar = Guests.All["tar"].ToArray();
        (tar[0], tar[1]) = ((byte)'P', (byte)'K');
        var sum = tar.Sum(b => b) - tar.AsSpan(148, 8).ToArray().Sum(b => b) + (8 * ' ');
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0')).CopyTo(tar, 148);

        Archives.RefusesOrFlags(ZipBuilder.Of(new ZipItem("a.jpg", tar)), Reasons.EmbeddedFile);
    }

    [Fact]
    public void Links_that_only_an_extra_field_tells_are_refused()
    {
        byte[] unix = [.. U16(0x000D), .. U16(12), .. new byte[12]];
        byte[] unixLink = [.. U16(0x000D), .. U16(16), .. new byte[12], .. "/etc"u8];
        byte[] Asi(int mode) => [.. U16(0x756E), .. U16(14), .. new byte[4], .. U16(mode), .. new byte[8]];

        Archives.Accepts(ZipBuilder.Of(Item with { LocalExtra = unix, CentralExtra = Asi(0x81A4) }));
        foreach (var link in new[] { unixLink, Asi(0xA1FF) })
        {
            Archives.Refuses(ZipBuilder.Of(Item with { LocalExtra = link }), Reasons.PathEscape);
            Archives.Refuses(ZipBuilder.Of(Item with { CentralExtra = link }), Reasons.PathEscape);
        }
    }

    [Fact]
    public void An_empty_entry_marked_as_deflated_is_honest() => Archives.Accepts(ZipBuilder.Of(Item, new ZipItem("empty.txt", []) { Packed = [] }));

    [Fact]
    public void An_OpenDocument_is_told_by_its_list_as_well()
    {
        ZipItem Named(string name) => new(name, [.. "<a/>"u8]);

        Assert.Equal("application/vnd.oasis.opendocument", Archives.Refuses(ZipBuilder.Of(Item, Named("META-INF/Manifest.xml")), reason: null).Mime);
        Assert.Equal("application/vnd.oasis.opendocument", Archives.Refuses(ZipBuilder.Of([.. OfficeBuilder.Word.Items, Named("meta-inf/manifest.xml")]), reason: null).Mime);
        Assert.Equal("application/java-archive", Archives.Refuses(ZipBuilder.Of(Item, Named("meta-inf/manifest.mf")), reason: null).Mime);
    }

    [Fact]
    public void A_document_inside_is_unpacked_in_one_go_wherever_its_entries_have_their_sizes()
    {
        var picture = new Png.PngBuilder().Build();
        Array.Resize(ref picture, 200_000);
        new Random(3).NextBytes(picture.AsSpan(1000));
        var pictures = Enumerable.Range(0, 120).Select(i => new ZipItem($"word/media/{i}.png", picture) { Descriptor = Descriptor.Marked });

        Archives.Accepts(ZipBuilder.Of(new ZipItem("letter.docx", ZipBuilder.Of([.. OfficeBuilder.Word.Items, .. pictures]))));
    }

    [Fact]
    public void What_an_XML_reader_may_be_given_is_bounded_for_all_documents_inside_together()
    {
        byte[] letter = OfficeBuilder.Word.WithMain($"<a>{string.Concat(Enumerable.Repeat("<c d='0123456789'/>", 1 << 20))}</a>").Build();
        ZipBuilder Letters(int count) => new() { Items = [.. Enumerable.Range(0, count).Select(i => new ZipItem($"{i}.docx", letter))] };

        Archives.Accepts(Letters(1).Build());
        Archives.Refuses(Letters(8).Build(), Reasons.ExpandsTooMuch);
    }

    [Fact]
    public void An_old_Office_file_inside_is_refused_or_flagged() =>
        Archives.RefusesOrFlags(ZipBuilder.Of(new ZipItem("a.doc", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]])), Reasons.EmbeddedFile);

    [Fact]
    public void The_anti_malware_test_string_inside_is_malware()
    {
        byte[] eicar = [.. @"X5O!P%@AP[4\PZX54(P^)7CC)7}$"u8, .. "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"u8];

        foreach (var content in new byte[][] { eicar, [.. "\uFEFF"u8, .. eicar], [.. "\r\n  "u8, .. eicar, .. "\r\n"u8], [.. "A letter: "u8, .. eicar] })
        {
            Archives.Refuses(ZipBuilder.Of(Item, new ZipItem("eicar.com", content)), Reasons.Malware);
            Archives.Refuses(ZipBuilder.Of(new ZipItem("letter.docx", OfficeBuilder.Word.With("word/media/a.png", content).Build())), Reasons.Malware);
        }

        Archives.Accepts(ZipBuilder.Of(new ZipItem("a.txt", eicar[..^1])));
    }

    [Fact]
    public void The_anti_malware_test_string_is_found_wherever_it_is_cut_by_what_is_unpacked_at_a_time()
    {
        byte[] eicar = [.. @"X5O!P%@AP[4\PZX54(P^)7CC)7}$"u8, .. "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"u8];
        for (var before = (16 * 1024) - eicar.Length - 1; before <= (16 * 1024) + 1; before++)
            Archives.Refuses(ZipBuilder.Of(new ZipItem("a.bin", [.. new byte[before], .. eicar, 1]) { Method = ZipItem.Stored }), Reasons.Malware);
        var noise = new byte[50_000];
        for (var before = 1; before < 600; before += 7)
        {
            new Random(before).NextBytes(noise);
            Archives.Refuses(ZipBuilder.Of(new ZipItem("a.bin", [.. noise.AsSpan(0, 40_000 + before), .. eicar, .. noise])), Reasons.Malware);
        }
    }

    [Theory]
    [InlineData("<?php __HALT_COMPILER(); ?>\r\n")]
    [InlineData("GIF89a then <?php __HALT_COMPILER();")]
    public void An_archive_of_PHP_is_refused_or_flagged_wherever_it_begins(string content)
    {
        foreach (var before in new[] { 0, 100_000 })
            Archives.RefusesOrFlags(ZipBuilder.Of(new ZipItem("a.jpg", [.. new byte[before], .. Encoding.ASCII.GetBytes(content)])), Reasons.EmbeddedFile);
    }

    [Theory]
    [InlineData("__HALT_COMPILER is a word of PHP")]
    [InlineData("!symlink")]
    [InlineData("XSym is a name\n")]
    [InlineData("book and mark")]
    public void Texts_that_only_mention_such_a_thing_are_honest(string content) => Archives.Accepts(ZipBuilder.Of(new ZipItem("a.txt", Encoding.ASCII.GetBytes(content))));

    [Theory]
    [InlineData("!<symlink>\u00FF\u00FEe\0")]
    [InlineData("IntxLNK\u0001e\0")]
    [InlineData("XSym\n0011\n00112233445566778899aabbccddeeff\n/etc/passwd\n   ")]
    [InlineData("book\0\0\0\0mark\0\0\0\0\u0038\0\0\0")]
    public void Links_that_are_files_are_refused(string content)
    {
        Archives.Refuses(ZipBuilder.Of(Item, new ZipItem("notes", Encoding.Latin1.GetBytes(content))), Reasons.PathEscape);
        Archives.Refuses(OfficeBuilder.Word.With("word/media/a.png", Encoding.Latin1.GetBytes(content)).Build(), Reasons.PathEscape);
    }

    [Theory]
    [InlineData(ZipItem.Stored)]
    [InlineData(ZipItem.Deflated)]
    public void PDFs_and_pictures_inside_are_honest(ushort method) =>
        Archives.Accepts(ZipBuilder.Of(new ZipItem("a.pdf", PdfBuilder.With("null")) { Method = method }, new ZipItem("b.png", new Png.PngBuilder().Build()) { Method = method }));

    [Theory]
    [InlineData(ZipItem.Stored)]
    [InlineData(ZipItem.Deflated)]
    public void Office_documents_inside_are_judged_as_if_sent_alone(ushort method)
    {
        byte[] With(OfficeBuilder document) => ZipBuilder.Of(Item, new ZipItem("letter.docx", document.Build()) { Method = method });

        Archives.Accepts(With(OfficeBuilder.Word));
        Archives.Refuses(With(OfficeBuilder.Word.With("word/vbaProject.bin", "x")), Reasons.Macro);
        Archives.Refuses(With(OfficeBuilder.Word.WithRelation("oleObject", "embeddings/a.bin")), Reasons.EmbeddedFile);
    }

    [Fact]
    public void Archives_nest_to_a_depth_and_no_deeper()
    {
        var chart = OfficeBuilder.Word.WithChart("package", "../embeddings/a.xlsx");
        var workbook = OfficeBuilder.Excel;
        byte[] Letter(OfficeBuilder inside) => ZipBuilder.Of(new ZipItem("letter.docx", chart.With("word/embeddings/a.xlsx", inside.Build()).Build()));

        Archives.Accepts(Letter(workbook));
        Archives.Refuses(Letter(workbook.With("xl/embeddings/b.xlsx", OfficeBuilder.Excel.Build())), Reasons.EmbeddedFile);
    }

    [Theory]
    [InlineData("META-INF/MANIFEST.MF", "", "application/java-archive")]
    [InlineData("AndroidManifest.xml", "", "application/vnd.android.package-archive")]
    [InlineData("mimetype", "application/epub+zip", "application/epub+zip")]
    [InlineData("mimetype", "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text")]
    public void What_only_is_packed_as_an_archive_is_named_and_not_allowed(string name, string content, string mime)
    {
        var zip = ZipBuilder.Of(Item, new ZipItem(name, Encoding.ASCII.GetBytes(content)) { Method = ZipItem.Stored });

        var refusal = Archives.Refuses(zip, reason: null);

        Assert.Equal((RefusalCode.TypeNotAllowed, mime), (refusal.Code, refusal.Mime));
    }

    [Fact]
    public void By_default_archives_are_named_with_what_to_do_and_not_allowed()
    {
        foreach (var (file, mime) in new[] { (ZipBuilder.Of(Item), Archives.Zip), (OfficeBuilder.Word.Build(), Archives.Docx) })
        {
            var refusal = Judge.Refuses(file, reason: null);
            Assert.Equal((RefusalCode.TypeNotAllowed, mime), (refusal.Code, refusal.Mime));
            Assert.Contains("send", refusal.Sentence, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Each_of_the_four_types_is_allowed_by_itself()
    {
        var onlyWord = new InspectionPolicy { AllowedTypes = [Archives.Docx] };
        Judge.Accepts(OfficeBuilder.Word.Build(), policy: onlyWord);
        Assert.Equal(Archives.Zip, Judge.Refuses(ZipBuilder.Of(Item), reason: null, onlyWord).Mime);
        Assert.Equal(Archives.Xlsx, Judge.Refuses(OfficeBuilder.Excel.Build(), reason: null, onlyWord).Mime);
        var onlyZip = new InspectionPolicy { AllowedTypes = [Archives.Zip] };
        Judge.Accepts(ZipBuilder.Of(Item), policy: onlyZip);
        Assert.Equal(Archives.Docx, Judge.Refuses(OfficeBuilder.Word.Build(), reason: null, onlyZip).Mime);
    }

    private static byte[] UnicodePath(string path, string name = "a.txt")
    {
        byte[] field = [1, .. U32(System.IO.Hashing.Crc32.HashToUInt32(Encoding.UTF8.GetBytes(name))), .. Encoding.UTF8.GetBytes(path)];
        return [.. U16(0x7075), .. U16(field.Length), .. field];
    }
}
