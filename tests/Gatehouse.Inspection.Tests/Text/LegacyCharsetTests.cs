using System.Text;
using Gatehouse.Inspection.Tests.Judging;

namespace Gatehouse.Inspection.Tests.Text;

public sealed class LegacyCharsetTests
{
    private const string German = "Guten Tag, meine Bestellung für die Küche ist nicht da. Schöne Grüße aus Köln – 5 €";
    private const string Polish = "Proszę o pomoc, zażółć gęślą jaźń, paczka nie dotarła. Dziękuję i życzę miłego dnia.";
    private const string Russian = "Здравствуйте, мой заказ ещё не пришёл. Помогите, пожалуйста, разобраться.";
    private const string Japanese = "こんにちは、注文番号の件でご連絡しました。荷物がまだ届いていません。";

    public static TheoryData<string, int, string> Samples => new()
    {
        { German, 1252, "windows-1252" },
        { Polish, 1250, "windows-1250" },
        { Polish, 28592, "iso-8859-2" },
        { Russian, 1251, "windows-1251" },
        { Russian, 20866, "koi8-r" },
        { Russian, 28595, "iso-8859-5" },
        { "Καλημέρα, η παραγγελία μου δεν ήρθε ακόμα. Ευχαριστώ πολύ.", 1253, "windows-1253" },
        { "Merhaba, siparişim hâlâ gelmedi, yardımcı olur musunuz? Teşekkürler, iyi günler, ığdır", 1254, "windows-1254" },
        { "שלום, ההזמנה שלי עדיין לא הגיעה. תודה רבה", 1255, "windows-1255" },
        { "مرحبا، لم يصل طلبي بعد. شكرا جزيلا لكم", 1256, "windows-1256" },
        { "یہ آرڈر ابھی تک نہیں ملا، براہ کرم مدد کریں".Replace('ی', 'ي'), 1256, "windows-1256" },
        { Japanese, 932, "shift_jis" },
        { "こんにちは、注文番号は四七一一です。\n", 932, "shift_jis" },
        { Japanese, 51932, "euc-jp" },
        { "안녕하세요, 주문한 물건이 아직 도착하지 않았습니다. 확인 부탁드립니다.", 51949, "euc-kr" },
        { "똠방각하를 주문했는데 펲시가 왔습니다. 확인 부탁드립니다.", 949, "euc-kr" },
        { "你好，我的订单还没有到，请帮我看一下是什么问题。谢谢你们的帮助。", 54936, "gb18030" },
        { "你好，我的訂單還沒有到，請幫我看一下是什麼問題。謝謝你們的幫助。", 950, "big5" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_letter_in_an_older_charset_is_read_in_it(string letter, int codePage, string charset) =>
        Assert.Equal(charset, Judge.Accepts(Encode(letter, codePage)).Charset);

    [Theory]
    [InlineData("José")]
    [InlineData("Café au lait, merci")]
    [InlineData("Ça va?")]
    [InlineData("Größe 42")]
    public void A_short_note_with_one_accented_letter_is_honest(string note) =>
        Assert.Equal("windows-1252", Judge.Accepts(Encode(note, 1252)).Charset);

    [Fact]
    public void The_whole_file_must_decode_not_only_its_beginning()
    {
        byte[] late = [.. Encode(string.Concat(Enumerable.Repeat(Polish + "\r\n", 400)), 1250), 0x81, 0x83, 0x88, 0x90, 0x98];
        Assert.False(Judge.Whole(late) is Verdict.Accept { Charset: "windows-1250" });
    }

    internal static byte[] Encode(string text, int codePage) =>
        (CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage)).GetBytes(text);
}
